import type { V1Job, V1Pod, V1StatefulSet } from '@kubernetes/client-node'
import { RunbookFailed } from '../errors'
import { type Kind, type KubeObject, type Kubernetes, kinds } from './kubernetes'
import { type Hints, until } from './until'

/**
 * Waits until a Job is over, and says how it ended.
 *
 * @param ms how long to wait, in milliseconds
 * @returns the condition that ended it
 * @throws RunbookFailed when it isn't over by then, with its pods as last seen
 */
export async function jobEnd(
  kubernetes: Kubernetes,
  name: string,
  ms: number,
): Promise<{ outcome: 'Complete' | 'Failed'; reason: string; message: string }> {
  const { namespace } = kubernetes
  return until(
    kubernetes,
    kinds.job,
    { name: `The end of Job ${name}`, ms },
    (jobs) => {
      const job = named<V1Job>(jobs, name)
      const end = job?.status?.conditions?.find(
        ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
      )
      if (end) {
        const outcome = end.type === 'Complete' ? 'Complete' : 'Failed'
        return { found: { outcome, reason: end.reason ?? '', message: end.message ?? '' } }
      }
      if (!job) return { seen: `no Job of that name; there are: ${names(jobs)}` }
      const { active = 0, failed = 0, succeeded = 0 } = job.status ?? {}
      return { seen: `${active} pods active, ${failed} failed, ${succeeded} succeeded` }
    },
    { repeat: `kubectl describe job ${name} -n ${namespace}; kubectl logs job/${name} -n ${namespace}` },
  )
}

/**
 * Waits until a Job completed.
 *
 * @throws RunbookFailed at once when it failed, with the reason and the last lines of its last pod's log
 */
export async function jobComplete(kubernetes: Kubernetes, name: string, ms: number): Promise<void> {
  const started = Date.now()
  const end = await jobEnd(kubernetes, name, ms)
  if (end.outcome === 'Complete') return
  throw new RunbookFailed('RBK_JOB_FAILED', {
    attempted: `Job ${name} did not complete`,
    expected: 'condition Complete=True',
    got: `Failed=True (${end.reason}): ${end.message}`,
    elapsedMs: Date.now() - started,
    lastSeen: await lastLog(kubernetes, name),
    repeat: `kubectl logs job/${name} -n ${kubernetes.namespace}`,
  })
}

/**
 * Waits until a pod of a Job has failed.
 *
 * @returns the exit code of its container
 */
export async function firstFailure(kubernetes: Kubernetes, job: string, ms: number): Promise<number> {
  return until(
    kubernetes,
    kinds.pod,
    { name: `A failed attempt of Job ${job}`, ms },
    (pods) => {
      const own = podsOf(pods, job)
      const failed = own.find((pod) => pod.status?.phase === 'Failed')
      if (failed) return { found: failed.status?.containerStatuses?.[0]?.state?.terminated?.exitCode ?? -1 }
      return {
        seen: own.map((pod) => `${pod.metadata?.name}: ${pod.status?.phase}`).join(', ') || 'no pod yet',
      }
    },
    { repeat: `kubectl get pods -l job-name=${job} -n ${kubernetes.namespace}` },
  )
}

/** Waits until a StatefulSet has as many ready pods as it asks for, all of its newest revision. */
export async function statefulSetReady(
  kubernetes: Kubernetes,
  name: string,
  ms: number,
  hints: Hints = {},
): Promise<void> {
  await until(
    kubernetes,
    kinds.statefulSet,
    { name: `StatefulSet ${name} ready`, ms },
    (sets) => {
      const set = named<V1StatefulSet>(sets, name)
      const { replicas = 0, readyReplicas = 0, observedGeneration = 0 } = set?.status ?? {}
      const wanted = set?.spec?.replicas ?? 1
      const seen = set ? `${readyReplicas} of ${wanted} pods ready, ${replicas} there` : 'no such StatefulSet'
      const current = set !== undefined && observedGeneration >= (set.metadata?.generation ?? 0)
      return current && readyReplicas === wanted && replicas === wanted ? { found: undefined } : { seen }
    },
    { repeat: `kubectl get pods -n ${kubernetes.namespace}`, ...hints },
  )
}

/** Waits until none of the named objects of a kind is there any more. */
export async function gone(
  kubernetes: Kubernetes,
  kind: Kind,
  absent: (object: KubeObject) => boolean,
  ms: number,
  hints: Hints = {},
): Promise<void> {
  await until(
    kubernetes,
    kind,
    { name: `${kind.kind} objects gone`, ms },
    (objects) => {
      const left = objects.filter(absent)
      return left.length === 0 ? { found: undefined } : { seen: `still there: ${names(left)}` }
    },
    hints,
  )
}

/** The end of the log of a Job's newest pod. */
async function lastLog(kubernetes: Kubernetes, job: string): Promise<string> {
  const pods = podsOf(await kubernetes.list(kinds.pod), job)
  const newest = pods.toSorted((a, b) => created(b) - created(a))[0]
  const container = newest?.spec?.containers[0]?.name
  return newest?.metadata?.name && container
    ? kubernetes.log(newest.metadata.name, container, 15)
    : '(none of its pods is left)'
}

/** The pods that a Job made. */
export function podsOf(pods: readonly KubeObject[], job: string): V1Pod[] {
  return pods.filter((pod) => pod.metadata?.labels?.['job-name'] === job) as V1Pod[]
}

function named<T extends KubeObject>(objects: readonly KubeObject[], name: string): T | undefined {
  return objects.find((object) => object.metadata?.name === name) as T | undefined
}

function names(objects: readonly KubeObject[]): string {
  return objects.map((object) => object.metadata?.name).join(', ') || 'none'
}

function created(object: KubeObject): number {
  return new Date(object.metadata?.creationTimestamp ?? 0).getTime()
}
