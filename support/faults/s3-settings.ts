import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import type { Fault } from './fault'
import type { Probe } from './s3-refused'

const settings = pathOf(kindOf('v1', 'ConfigMap'), namespace, 'nats-backup-settings')
const keys = pathOf(kindOf('v1', 'Secret'), namespace, 'nats-backup-s3')

/** The name of the S3 endpoint can't be looked up. It is another name that never can be: DNS itself stays whole. */
export function s3NameUnknown(kubernetes: Kubernetes, probe: Probe): Fault {
  /** RFC 6761 keeps this domain free of names. */
  const unknown = 's3.nowhere.invalid'
  let before: string | undefined
  const point = (AWS_ENDPOINT_URL: string) =>
    kubernetes.ask('PATCH', settings, {
      body: { data: { AWS_ENDPOINT_URL } },
      type: 'application/merge-patch+json',
    })
  return {
    name: 'The name of S3 does not resolve',
    async inject() {
      before = (await configured(kubernetes)).AWS_ENDPOINT_URL
      await point(`http://${unknown}:9000`)
    },
    heal: async () => void (before !== undefined && (await point(before))),
    async proveInForce() {
      const { exitCode, output } = await probe(
        `kubectl get configmap nats-backup-settings -n ${namespace} -o jsonpath='{.data.AWS_ENDPOINT_URL}'; getent hosts ${unknown}`,
      )
      if (exitCode === 2 && output.includes(unknown))
        return `${unknown} is what backups use, and has no address`
      throw new Error(`getent hosts ${unknown}: exit ${exitCode}, ${output}`)
    },
    async proveHealed() {
      const now = (await configured(kubernetes)).AWS_ENDPOINT_URL
      if (now === before) return `backups use ${now} again`
      throw new Error(`backups use ${now}`)
    },
  }
}

/** The secret holds what a template had in it, as after somebody applied one over the real keys. */
export function s3KeysPlaceholder(kubernetes: Kubernetes): Fault {
  const placeholder = 'REPLACE_WITH_REAL_KEY'
  const held = async () => {
    const { data } = await kubernetes.ask<Resource & { data: Record<string, string> }>('GET', keys)
    return Object.values(data).map((value) => Buffer.from(value, 'base64').toString())
  }
  return {
    name: 'The secret nats-backup-s3 holds placeholders',
    async inject() {
      const stringData = { AWS_ACCESS_KEY_ID: placeholder, AWS_SECRET_ACCESS_KEY: placeholder }
      const type = 'application/merge-patch+json'
      await kubernetes.ask('PATCH', keys, { body: { stringData }, type })
    },
    // Real keys are the operator's to put in; what the procedure leaves is looked at.
    heal: async () => undefined,
    async proveInForce() {
      const values = await held()
      if (values.every((value) => value === placeholder)) return `both keys are ${placeholder}`
      throw new Error('the secret holds something else')
    },
    async proveHealed() {
      const values = await held()
      if (!values.includes(placeholder)) return 'no placeholder is left in it'
      throw new Error('the secret still holds a placeholder')
    },
  }
}

/** Nobody has the keys of the off-site copy any more. Who makes new ones is the operator. */
export function s3SecretGone(kubernetes: Kubernetes, name: string): Fault {
  const path = pathOf(kindOf('v1', 'Secret'), namespace, name)
  const isThere = () => kubernetes.find(path)
  return {
    name: `The secret ${name} is gone`,
    inject: async () => void (await kubernetes.ask('DELETE', path)),
    heal: async () => undefined,
    async proveInForce() {
      if (await isThere()) throw new Error('it is still there')
      return `there is no secret ${name}`
    },
    async proveHealed() {
      if (await isThere()) return `there is a secret ${name} again`
      throw new Error(`there is no secret ${name}`)
    },
  }
}

async function configured(kubernetes: Kubernetes): Promise<Record<string, string>> {
  return (await kubernetes.ask<Resource & { data: Record<string, string> }>('GET', settings)).data
}
