import type { Kind } from './resource'

const kind = (apiVersion: string, name: string, plural = `${name.toLowerCase()}s`): Kind => ({
  apiVersion,
  kind: name,
  plural,
})

/** Every kind of object in a namespace that a procedure can make, change or remove. */
export const kinds = [
  kind('v1', 'Pod'),
  kind('v1', 'Service'),
  kind('v1', 'ConfigMap'),
  kind('v1', 'Secret'),
  kind('v1', 'PersistentVolumeClaim'),
  kind('v1', 'ServiceAccount'),
  kind('v1', 'ResourceQuota'),
  kind('v1', 'LimitRange'),
  kind('v1', 'ReplicationController'),
  kind('apps/v1', 'StatefulSet'),
  kind('apps/v1', 'Deployment'),
  kind('apps/v1', 'DaemonSet'),
  kind('apps/v1', 'ReplicaSet'),
  kind('batch/v1', 'Job'),
  kind('batch/v1', 'CronJob'),
  kind('policy/v1', 'PodDisruptionBudget'),
  kind('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
  kind('discovery.k8s.io/v1', 'EndpointSlice'),
  kind('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  kind('autoscaling/v2', 'HorizontalPodAutoscaler'),
  kind('rbac.authorization.k8s.io/v1', 'Role'),
  kind('rbac.authorization.k8s.io/v1', 'RoleBinding'),
] as const satisfies readonly Kind[]

/** Kinds that belong to no namespace, and that manifests of ours have. */
const clusterKinds = [
  kind('v1', 'Namespace'),
  kind('v1', 'PersistentVolume'),
  kind('storage.k8s.io/v1', 'StorageClass', 'storageclasses'),
]

/** Kinds that come and go by themselves: they are watched, never put back. */
const passingKinds = [kind('v1', 'Event')]

/** @throws Error for a kind that no runbook has used yet */
export function kindOf(apiVersion: string, name: string): Kind {
  const found = [...kinds, ...clusterKinds, ...passingKinds].find(
    (each) => each.apiVersion === apiVersion && each.kind === name,
  )
  if (found) return found
  throw new Error(`Unknown kind ${apiVersion} ${name}: add it to support/kubernetes/kinds.ts`)
}

/** The path of a kind's objects, or of one of them, in the API. */
export function pathOf(of: Kind, namespace: string | undefined, name?: string): string {
  const root = of.apiVersion === 'v1' ? '/api/v1' : `/apis/${of.apiVersion}`
  const scope =
    namespace && !clusterKinds.some(({ kind }) => kind === of.kind) ? `/namespaces/${namespace}` : ''
  return `${root}${scope}/${of.plural}${name ? `/${name}` : ''}`
}
