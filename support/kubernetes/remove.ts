import { type Kubernetes, Refused } from './client'
import { kindOf, pathOf } from './kinds'
import type { Resource } from './resource'
import { statusOf } from './status'
import { gone } from './waits'

/** How long deleted objects may take to be gone, in milliseconds. */
const goneMs = 40_000

/**
 * Deletes objects with their pods, and returns when all are gone: a name that is still taken can't be used again.
 *
 * @param objects with their uids; one that was made anew since then stays
 * @throws LabBroken with what is left after 40 s
 */
export async function remove(
  kubernetes: Kubernetes,
  namespace: string,
  objects: readonly Resource[],
): Promise<void> {
  if (objects.length === 0) return
  const owned = await ownedOf(kubernetes, namespace, objects)
  const left = new Map<string, Resource[]>()
  await Promise.all(
    [...objects, ...owned].map(async (each) => {
      const key = `${each.apiVersion} ${each.kind}`
      if (await lingers(kubernetes, namespace, each)) left.set(key, [...(left.get(key) ?? []), each])
    }),
  )
  await Promise.all([...left.values()].map((group) => allGone(kubernetes, namespace, group)))
}

/** Their pods, and the ReplicaSets in between. */
async function ownedOf(
  kubernetes: Kubernetes,
  namespace: string,
  owners: readonly Resource[],
): Promise<readonly Resource[]> {
  const ownedBy = async (apiVersion: string, kind: string, by: readonly Resource[]) => {
    const uids = new Set(by.map(({ metadata }) => metadata.uid))
    const path = pathOf(kindOf(apiVersion, kind), namespace)
    const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', path)
    return items
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uids.has(uid)))
      .map((each): Resource => ({ ...each, apiVersion, kind }))
  }
  // A Deployment's pods belong to its ReplicaSets, which make them anew for as long as they are there.
  const deployments = owners.filter(({ kind }) => kind === 'Deployment')
  const sets = deployments.length > 0 ? await ownedBy('apps/v1', 'ReplicaSet', deployments) : []
  return [...sets, ...(await ownedBy('v1', 'Pod', [...owners, ...sets]))]
}

/** Deletes one object. @returns whether it is still there */
async function lingers(kubernetes: Kubernetes, namespace: string, resource: Resource): Promise<boolean> {
  const { apiVersion, kind, metadata } = resource
  const ended = ['Succeeded', 'Failed'].includes(statusOf(resource).phase ?? '')
  const body = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: 'Background',
    preconditions: { uid: metadata.uid },
    // With 0, a container that still runs would run on unseen, and could still write; 1 s makes sure of its end.
    ...(kind === 'Pod' ? { gracePeriodSeconds: ended ? 0 : 1 } : {}),
  }
  try {
    const path = pathOf(kindOf(apiVersion, kind), namespace, metadata.name)
    const answer = await kubernetes.ask<{ kind: string }>('DELETE', path, { body })
    return answer.kind !== 'Status'
  } catch (thrown) {
    // Gone already, or gone and made anew.
    if (thrown instanceof Refused && (thrown.status === 404 || thrown.status === 409)) return false
    throw thrown
  }
}

async function allGone(kubernetes: Kubernetes, namespace: string, group: readonly Resource[]): Promise<void> {
  const [first] = group
  if (!first) return
  const uids = new Set(group.flatMap(({ metadata }) => metadata.uid ?? []))
  const name = `the removal of ${group.map(({ metadata }) => metadata.name).join(', ')}`
  await gone(kubernetes, kindOf(first.apiVersion, first.kind), namespace, uids, { name, ms: goneMs })
}
