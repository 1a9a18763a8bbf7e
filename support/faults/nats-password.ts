import { LabBroken } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { statefulSetReady } from '../kubernetes/waits'
import type { Lookout } from '../lab/lookout'
import { namespace } from '../lab/namespace'
import type { Fault } from './fault'
import { natsAnswers } from './nats-asked'

const secret = pathOf(kindOf('v1', 'Secret'), namespace, 'nats-auth')
const servers = pathOf(kindOf('apps/v1', 'StatefulSet'), namespace, 'nats')
const key = 'backup-password'

/** The password of the NATS user `backup` was changed in its secret, and NATS goes on with the one it was started with. */
export function natsPasswordChanged(
  kubernetes: Kubernetes,
  lookout: Lookout,
  learn: (value: string) => void,
): Fault {
  const type = 'application/merge-patch+json'
  const another = 'rotated-and-not-told'
  let before: string | undefined
  const set = (value: string) => kubernetes.ask('PATCH', secret, { body: { data: { [key]: value } }, type })
  const login = (password: string) =>
    lookout.run(`export NATS_PASSWORD='${password}'; nats --inbox-prefix=_INBOX_backup account info`)
  return {
    name: 'NATS does not know the password in the secret nats-auth',
    async inject() {
      learn(another)
      const { data } = await kubernetes.ask<Resource & { data: Record<string, string> }>('GET', secret)
      before = data[key]
      await set(Buffer.from(another).toString('base64'))
    },
    async heal() {
      if (before !== undefined) await set(before)
      const { spec } = await kubernetes.ask<Resource>('GET', servers)
      const { annotations } = (spec as { template: { metadata: { annotations?: object } } }).template.metadata
      // Started again by the procedure, NATS knows the other one by now.
      if (annotations === undefined) return
      const body = { spec: { template: { metadata: { annotations: null } } } }
      await kubernetes.ask('PATCH', servers, { body, type })
      const deadline = { name: 'NATS with its own passwords', ms: 120_000 }
      await statefulSetReady(kubernetes, { namespace, name: 'nats' }, deadline, LabBroken)
    },
    async proveInForce() {
      const { output } = await login(another)
      if (output.includes('Authorization Violation')) return 'NATS refuses the user backup with it'
      throw new Error(output)
    },
    proveHealed: () => natsAnswers(lookout, ({ isGood }) => isGood),
  }
}
