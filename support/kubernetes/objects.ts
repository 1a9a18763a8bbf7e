import type { Kubernetes } from './client'
import { kindOf, kinds, pathOf } from './kinds'
import { type Resource, title } from './resource'

/**
 * Lists every object in a namespace that a procedure can make, change or remove. What Kubernetes makes of itself
 * is left out: the default service account and the root certificate that every namespace has, the endpoints that its
 * controller keeps, and pods and replica sets whose owner is there (what is left of them when the owner goes is found).
 *
 * @returns the objects as they are, by "Kind name"
 */
export async function objectsIn(
  kubernetes: Kubernetes,
  namespace: string,
): Promise<ReadonlyMap<string, Resource>> {
  const lists = kinds.map(async (kind) => {
    const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', pathOf(kind, namespace))
    // Items of a list don't say what they are.
    return items.map((item): Resource => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }))
  })
  const all = (await Promise.all(lists)).flat()
  const uids = new Set(all.map(({ metadata }) => metadata.uid))
  const own = all.filter((resource) => !isFixture(resource) && !isOwned(resource, uids))
  return new Map(own.map((resource) => [title(resource), resource]))
}

/** Which of some objects are there, by kind and name. */
export async function present(
  kubernetes: Kubernetes,
  objects: readonly Resource[],
): Promise<readonly Resource[]> {
  const found = await Promise.all(
    objects.map(({ apiVersion, kind, metadata }) =>
      kubernetes.find(pathOf(kindOf(apiVersion, kind), metadata.namespace, metadata.name)),
    ),
  )
  return objects.filter((_, index) => found[index] !== undefined)
}

/** Who keeps the endpoints of Services that select pods. */
const ofServices = 'endpointslice-controller.k8s.io'

function isFixture({ kind, metadata: { name, labels } }: Resource): boolean {
  return (
    (kind === 'ServiceAccount' && name === 'default') ||
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (kind === 'EndpointSlice' && labels?.['endpointslice.kubernetes.io/managed-by'] === ofServices)
  )
}

/** A Job that was made from a CronJob is someone's deed, although the CronJob owns it. */
function isOwned({ kind, metadata }: Resource, uids: ReadonlySet<string | undefined>): boolean {
  if (kind !== 'Pod' && kind !== 'ReplicaSet') return false
  return (metadata.ownerReferences ?? []).some(({ uid }) => uids.has(uid))
}
