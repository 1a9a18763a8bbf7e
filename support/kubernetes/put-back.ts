import { LabBroken } from '../errors'
import { type KubeObject, type Kubernetes, kinds } from './kubernetes'
import { type ObjectDifference, objectDifferences, type Snapshot, takeSnapshot } from './snapshot'
import { gone, statefulSetReady } from './states'

/** How long what was deleted may take to be gone, and what was changed to be ready again, in milliseconds. */
const limits = { goneMs: 60_000, readyMs: 120_000 } as const

/**
 * Puts the namespace back to a snapshot: deletes what isn't in it, makes anew what is missing, and applies what
 * was changed. The namespace itself is never deleted, since that alone takes five seconds.
 *
 * @returns what differed, for a person; empty, after one look, when nothing did
 * @throws LabBroken when something can't be put back
 */
export async function putBack(kubernetes: Kubernetes, baseline: Snapshot): Promise<string[]> {
  const differences = objectDifferences(baseline, await takeSnapshot(kubernetes))
  if (differences.length === 0) return []
  const extra = differences.filter(({ was }) => was === undefined)
  const changed = differences.filter(({ was }) => was !== undefined)
  const replaced = changed.filter(isReplaced)
  await removeAll(kubernetes, [...extra, ...replaced])
  for (const { was } of changed) if (was) await kubernetes.apply([applicable(was)])
  for (const { kind, name } of changed) {
    if (kind === kinds.statefulSet)
      await statefulSetReady(kubernetes, name, limits.readyMs, { blame: LabBroken })
  }
  return differences.map(({ text }) => text)
}

async function removeAll(kubernetes: Kubernetes, differences: readonly ObjectDifference[]): Promise<void> {
  const present = differences.filter(({ is }) => is !== undefined)
  // Jobs first: a claim is only gone when the pods that mount it are.
  await Promise.all(
    present.map(({ kind, name }) => kubernetes.remove(kind, name, kind === kinds.pod ? 0 : undefined)),
  )
  const removedKinds = [...new Set(present.map(({ kind }) => kind))]
  const jobs = new Set(present.filter(({ kind }) => kind === kinds.job).map(({ name }) => name))
  const pods = jobs.size > 0 ? [removeJobPods(kubernetes, jobs)] : []
  await Promise.all([
    ...pods,
    ...removedKinds.map((kind) => {
      const names = new Set(present.filter((difference) => difference.kind === kind).map(({ name }) => name))
      const isOne = ({ metadata }: KubeObject) => names.has(metadata?.name ?? '')
      return gone(kubernetes, kind, isOne, limits.goneMs, { blame: LabBroken })
    }),
  ])
}

/** The pods of deleted Jobs: killed at once instead of told to stop, for nobody waits for their last words. */
async function removeJobPods(kubernetes: Kubernetes, jobs: ReadonlySet<string>): Promise<void> {
  const isOne = ({ metadata }: KubeObject) => jobs.has(metadata?.labels?.['job-name'] ?? '')
  const pods = (await kubernetes.list(kinds.pod)).filter(isOne)
  await Promise.all(pods.map(({ metadata }) => kubernetes.remove(kinds.pod, metadata?.name ?? '', 0)))
  await gone(kubernetes, kinds.pod, isOne, limits.goneMs, { blame: LabBroken })
}

/** What can't be changed in place, or is on its way out already. */
function isReplaced({ kind, is }: ObjectDifference): boolean {
  return kind === kinds.job || kind === kinds.pod || is?.metadata?.deletionTimestamp !== undefined
}

/** An object of a snapshot as it can be applied again: a claim without the volume it was bound to. */
function applicable(object: KubeObject): KubeObject {
  if (object.kind !== 'PersistentVolumeClaim') return object
  const { volumeName: _, ...spec } = object.spec as Record<string, unknown>
  return { ...object, spec }
}
