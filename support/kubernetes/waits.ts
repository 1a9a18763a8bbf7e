import { LabBroken, RunbookFailed } from '../errors'
import type { Blame, Deadline } from '../eventually'
import type { Kubernetes } from './client'
import { kindOf } from './kinds'
import type { Kind, Resource } from './resource'
import { condition, statusOf, summary } from './status'
import { watched } from './watch'

/** One object, by what it is called. */
export interface Named {
  readonly namespace: string
  readonly name: string
}

/** How a Job ended, and why as its controller says. */
export interface JobEnd {
  readonly outcome: 'complete' | 'failed'
  readonly reason: string
  readonly message: string
}

const job = kindOf('batch/v1', 'Job')
const pod = kindOf('v1', 'Pod')
const statefulSet = kindOf('apps/v1', 'StatefulSet')

/**
 * Waits until a Job has ended, either way.
 *
 * @param blame whose fault it is when it doesn't end in time: the runbook's unless told
 */
export function jobEnds(
  kubernetes: Kubernetes,
  named: Named,
  deadline: Deadline,
  blame: Blame = RunbookFailed,
): Promise<JobEnd> {
  return watchedJob(kubernetes, named, deadline, blame, (found) => {
    const complete = condition(found, 'Complete')
    const ended = complete ?? condition(found, 'Failed')
    if (!ended) return undefined
    const { reason = '', message = '' } = ended
    return { outcome: complete ? 'complete' : 'failed', reason, message }
  })
}

/**
 * Waits until a Job is complete.
 *
 * @throws the error of `blame` at once when the Job has failed
 */
export async function jobCompletes(
  kubernetes: Kubernetes,
  named: Named,
  deadline: Deadline,
  blame: Blame = RunbookFailed,
): Promise<void> {
  const started = Date.now()
  const { outcome, reason, message } = await jobEnds(kubernetes, named, deadline, blame)
  if (outcome === 'complete') return
  throw new blame('RBK_JOB_FAILED', {
    attempted: `Job ${named.name} failed`,
    expected: 'condition Complete',
    got: `condition Failed, ${reason}: ${message}`,
    elapsedMs: Date.now() - started,
    next: 'What its last attempt said:',
    repeat: `kubectl logs job/${named.name} -n ${named.namespace}`,
  })
}

/**
 * Waits until the Job controller has counted a failed attempt, or has ended the Job. It looks at pods about a second after
 * they ended: before that every Job seems to go on.
 *
 * @returns the conditions by which the Job is over or about to be ("FailureTarget", "Failed"); none while it goes on
 */
export function jobCountsFailure(
  kubernetes: Kubernetes,
  named: Named,
  deadline: Deadline,
  blame: Blame = RunbookFailed,
): Promise<readonly string[]> {
  return watchedJob(kubernetes, named, deadline, blame, (found) => {
    const { failed = 0, conditions = [] } = statusOf(found)
    const ending = conditions.filter(({ status }) => status === 'True').map(({ type }) => type)
    return failed > 0 || ending.length > 0 ? ending : undefined
  })
}

/** Waits until a Job is as looked for. @param look what is found; undefined as long as it isn't so */
function watchedJob<Found>(
  kubernetes: Kubernetes,
  { namespace, name }: Named,
  deadline: Deadline,
  blame: Blame,
  look: (found: Resource) => Found | undefined,
): Promise<Found> {
  return watched(
    kubernetes,
    { kind: job, namespace, name },
    deadline,
    ([there]) => {
      if (!there) return { seen: `no Job ${name} in ${namespace}` }
      const found = look(there)
      return found === undefined ? { seen: summary(there) } : { found }
    },
    { blame, repeat: `kubectl describe job/${name} -n ${namespace}` },
  )
}

/** Waits until every replica that a StatefulSet asks for is ready, of its newest revision. With 0 replicas: until no pod is left. */
export function statefulSetReady(
  kubernetes: Kubernetes,
  named: Named,
  deadline: Deadline,
  blame: Blame = LabBroken,
): Promise<void> {
  return workloadReady(kubernetes, statefulSet, named, deadline, blame)
}

/** As `statefulSetReady`, for a Deployment. */
export function deploymentReady(
  kubernetes: Kubernetes,
  named: Named,
  deadline: Deadline,
  blame: Blame = LabBroken,
): Promise<void> {
  return workloadReady(kubernetes, kindOf('apps/v1', 'Deployment'), named, deadline, blame)
}

function workloadReady(
  kubernetes: Kubernetes,
  kind: Kind,
  { namespace, name }: Named,
  deadline: Deadline,
  blame: Blame,
): Promise<void> {
  return watched(
    kubernetes,
    { kind, namespace, name },
    deadline,
    ([found]) => {
      if (!found) return { seen: `no ${kind.kind} ${name} in ${namespace}` }
      return isSettled(found) ? { found: undefined } : { seen: summary(found) }
    },
    { blame, repeat: `kubectl get pods -n ${namespace}` },
  )
}

/** Whether a workload has as many ready replicas as it asks for, and no other. */
export function isSettled(workload: Resource): boolean {
  const { replicas = 1 } = workload.spec as { replicas?: number }
  const status = statusOf(workload)
  const observed = status.observedGeneration === workload.metadata.generation
  const counts = [status.replicas, status.readyReplicas, status.updatedReplicas].map((count) => count ?? 0)
  return observed && counts.every((count) => count === replicas)
}

/** Waits until a pod of the labels is in one of the phases. @returns it */
export function podReaches(
  kubernetes: Kubernetes,
  { namespace, labels }: { readonly namespace: string; readonly labels: string },
  phases: readonly ('Pending' | 'Running' | 'Succeeded' | 'Failed')[],
  deadline: Deadline,
  blame: Blame = RunbookFailed,
): Promise<Resource> {
  return watched(
    kubernetes,
    { kind: pod, namespace, labels },
    deadline,
    (pods) => {
      const found = pods.find((each) => phases.some((phase) => phase === statusOf(each).phase))
      if (found) return { found }
      const seen = pods.map((each) => `${each.metadata.name} ${summary(each)}`).join('\n')
      return { seen: seen || `no pod with ${labels}` }
    },
    { blame, repeat: `kubectl get pods -n ${namespace} -l ${labels}` },
  )
}

/** Waits until a pod's every container is ready. */
export function podReady(
  kubernetes: Kubernetes,
  { namespace, name }: Named,
  deadline: Deadline,
  blame: Blame = RunbookFailed,
): Promise<void> {
  return watched(
    kubernetes,
    { kind: pod, namespace, name },
    deadline,
    ([found]) => {
      if (!found) return { seen: `no pod ${name} in ${namespace}` }
      return condition(found, 'Ready') ? { found: undefined } : { seen: summary(found) }
    },
    { blame, repeat: `kubectl describe pod ${name} -n ${namespace}` },
  )
}

/** Waits until no object of these uids is left. A new one under an old name counts for nothing. */
export function gone(
  kubernetes: Kubernetes,
  kind: Kind,
  namespace: string,
  uids: ReadonlySet<string>,
  deadline: Deadline,
): Promise<void> {
  return watched(kubernetes, { kind, namespace }, deadline, (objects) => {
    const left = objects.filter(({ metadata }) => uids.has(metadata.uid ?? ''))
    if (left.length === 0) return { found: undefined }
    return { seen: left.map((each) => `${each.kind} ${each.metadata.name}: ${summary(each)}`).join('\n') }
  })
}

/** Waits until a pod of this name is in a phase and not on its way out. */
export function podPhase(
  kubernetes: Kubernetes,
  { namespace, name }: Named,
  phase: string,
  deadline: Deadline,
): Promise<void> {
  return watched(kubernetes, { kind: pod, namespace, name }, deadline, ([found]) => {
    if (!found) return { seen: `no pod ${name} in ${namespace}` }
    const is = statusOf(found).phase === phase && !found.metadata.deletionTimestamp
    return is ? { found: undefined } : { seen: summary(found) }
  })
}
