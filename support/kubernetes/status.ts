import type { Resource } from './resource'

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

/** The fields of a status that waits and reports look at; each kind has some of them. */
interface Status {
  readonly phase?: string
  readonly conditions?: readonly Condition[]
  readonly replicas?: number
  readonly readyReplicas?: number
  readonly updatedReplicas?: number
  readonly numberReady?: number
  readonly desiredNumberScheduled?: number
  readonly observedGeneration?: number
  readonly active?: number
  readonly succeeded?: number
  readonly failed?: number
  readonly containerStatuses?: readonly ContainerStatus[]
}

interface ContainerStatus {
  readonly name: string
  readonly ready: boolean
  readonly restartCount: number
  readonly state?: Readonly<Record<string, { reason?: string; exitCode?: number; message?: string }>>
}

/** An object's status; empty where it has none yet. */
export function statusOf(resource: Resource): Status {
  return (resource.status as Status | undefined) ?? {}
}

/** The condition of a type, if it is True. */
export function condition(resource: Resource, type: string): Condition | undefined {
  return statusOf(resource).conditions?.find((each) => each.type === type && each.status === 'True')
}

/** One line that says how an object is. */
export function summary(resource: Resource): string {
  const status = statusOf(resource)
  const { replicas } = (resource.spec as { replicas?: number } | undefined) ?? {}
  const conditions = (status.conditions ?? [])
    .filter(({ type, status: is }) => (is === 'True') !== expectedTrue.includes(type))
    .map(({ type, status: is, reason, message }) => `${type}=${is} ${reason ?? ''} ${message ?? ''}`.trim())
  const counts = Object.entries({
    active: status.active,
    succeeded: status.succeeded,
    failed: status.failed,
    ready: replicas === undefined ? undefined : `${status.readyReplicas ?? 0} of ${replicas}`,
  }).flatMap(([name, count]) => (count ? [`${name} ${count}`] : []))
  const containers = (status.containerStatuses ?? []).map(container)
  return [status.phase, ...counts, ...containers, ...conditions].filter(Boolean).join(', ') || 'no status yet'
}

/** Conditions that are worth a word when they are not True; all others when they are. */
const expectedTrue = [
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'Initialized',
  'PodReadyToStartContainers',
  'Available',
]

function container({ name, state = {}, restartCount }: ContainerStatus): string {
  const [[what, { reason = '', exitCode, message = '' }] = ['unknown', {}] as const] = Object.entries(state)
  const exit = exitCode === undefined ? '' : ` with ${exitCode}`
  const restarts = restartCount > 0 ? ` (${restartCount} restarts)` : ''
  return `${name} ${what}${exit} ${reason} ${message}`.trim() + restarts
}
