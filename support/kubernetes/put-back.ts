import { fieldManager, type Kubernetes, Refused } from './client'
import { type Baseline, type Deviation, deviations, isSame } from './difference'
import { kindOf, pathOf } from './kinds'
import { isAtRest, replacement } from './manifest'
import { objectsIn } from './objects'
import { remove } from './remove'
import type { Resource } from './resource'
import { summary } from './status'
import { watched } from './watch'

/** How long workloads may take to settle, in milliseconds. */
const settledMs = 90_000

/**
 * Makes the objects of a namespace what they are to be: deletes those that aren't to be, with their pods, and
 * makes anew or overwrites those that aren't as they are to be. The namespace itself stays.
 *
 * @returns what differed, a line each, when everything is gone, made and settled
 * @throws LabBroken when something doesn't go or settle in time
 */
export async function putBack(
  kubernetes: Kubernetes,
  namespace: string,
  baseline: Baseline,
): Promise<readonly string[]> {
  const found = deviations(baseline, await objectsIn(kubernetes, namespace))
  const doomed = found.flatMap(({ baseline, now }) => (now && (!baseline || isLeaving(now)) ? [now] : []))
  await remove(kubernetes, namespace, doomed)
  await Promise.all(found.map((each) => mend(kubernetes, namespace, each)))
  await Promise.all(found.map(({ baseline }) => baseline && settled(kubernetes, namespace, baseline)))
  return found.flatMap(({ lines }) => lines)
}

async function mend(kubernetes: Kubernetes, namespace: string, { baseline, now }: Deviation): Promise<void> {
  if (!baseline) return
  if (!now || isLeaving(now)) return create(kubernetes, namespace, baseline)
  if (await overwrite(kubernetes, namespace, baseline, now)) return
  await remove(kubernetes, namespace, [now])
  await create(kubernetes, namespace, baseline)
}

/** @returns whether the object is now as it is to be; some fields only a new object can have */
async function overwrite(
  kubernetes: Kubernetes,
  namespace: string,
  baseline: Resource,
  now: Resource,
): Promise<boolean> {
  const { apiVersion, kind, metadata } = now
  const path = pathOf(kindOf(apiVersion, kind), namespace, metadata.name)
  try {
    const ask = { query: { fieldManager }, body: replacement(baseline, now) }
    const written = await kubernetes.ask<Resource>('PUT', path, ask)
    return isSame(baseline, written)
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    // A controller has noted something in the meantime.
    if (thrown.status === 409) {
      return overwrite(kubernetes, namespace, baseline, await kubernetes.ask<Resource>('GET', path))
    }
    if (thrown.status === 422) return false
    throw thrown
  }
}

async function create(kubernetes: Kubernetes, namespace: string, baseline: Resource): Promise<void> {
  const kind = kindOf(baseline.apiVersion, baseline.kind)
  try {
    await kubernetes.ask('POST', pathOf(kind, namespace), { query: { fieldManager }, body: baseline })
  } catch (thrown) {
    // A controller was quicker, such as a StatefulSet that makes its own claims.
    if (!(thrown instanceof Refused && thrown.reason === 'AlreadyExists')) throw thrown
  }
}

async function settled(kubernetes: Kubernetes, namespace: string, baseline: Resource): Promise<void> {
  const { apiVersion, kind, metadata } = baseline
  if (!['StatefulSet', 'Deployment'].includes(kind)) return
  await watched<void>(
    kubernetes,
    { kind: kindOf(apiVersion, kind), namespace, name: metadata.name },
    { name: `${kind} ${metadata.name}`, ms: settledMs },
    ([now]) => {
      if (!now) return { seen: 'not there' }
      return isAtRest(now) ? { found: undefined } : { seen: summary(now) }
    },
    { repeat: `kubectl get pods -n ${namespace}` },
  )
}

function isLeaving({ metadata }: Resource): boolean {
  return metadata.deletionTimestamp !== undefined
}
