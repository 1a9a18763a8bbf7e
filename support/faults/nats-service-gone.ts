import { join } from 'node:path'
import { applyFile } from '../kubernetes/apply'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { checkout } from '../lab/home'
import type { Lookout } from '../lab/lookout'
import { namespace } from '../lab/namespace'
import type { Fault } from './fault'
import { natsAnswers } from './nats-asked'

const service = pathOf(kindOf('v1', 'Service'), namespace, 'nats')

/** Somebody deleted the Service by which NATS is reached: its name is in no DNS any more. */
export function natsServiceGone(kubernetes: Kubernetes, lookout: Lookout): Fault {
  return {
    name: 'The Service nats is gone',
    inject: async () => void (await kubernetes.ask('DELETE', service)),
    async heal() {
      const isThere = await kubernetes.find(service)
      if (!isThere) await applyFile(kubernetes, join(checkout, 'fixtures', 'nats', 'nats.yaml'))
    },
    proveInForce: () =>
      natsAnswers(lookout, ({ isGood, words }) => !isGood && words.includes('no such host')),
    proveHealed: () => natsAnswers(lookout, ({ isGood }) => isGood),
  }
}
