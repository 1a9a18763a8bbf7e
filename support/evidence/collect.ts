import { setTimeout as after } from 'node:timers/promises'
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { messageOf } from '../errors'
import { type KubeObject, type Kubernetes, kinds } from '../kubernetes/kubernetes'

/** One thing that was looked at, as text for a person. */
export interface EvidenceItem {
  readonly name: string
  readonly text: string
}

/** A way to look at one thing. */
export interface Look {
  readonly name: string
  readonly look: () => Promise<string>
}

/** How long one look may take, in milliseconds: evidence of a broken system must not hang with it. */
const lookMs = 3_000

/**
 * What the system looked like when a step failed. Every look is on its own: one that fails or hangs says so in its
 * place and costs nothing of the others. Never throws.
 *
 * @param looks what to look at
 * @param mask  hides secrets
 */
export async function collect(
  looks: readonly Look[],
  mask: (text: string) => string,
): Promise<EvidenceItem[]> {
  return Promise.all(
    looks.map(async ({ name, look }) => {
      const late = after(lookMs, `(no answer within ${lookMs / 1000} s)`, { ref: false })
      const text = await Promise.race([look(), late]).catch(
        (error: unknown) => `(can't be had: ${messageOf(error)})`,
      )
      return { name, text: mask(text.trim() || '(nothing)') }
    }),
  )
}

/** What to look at in the namespace: events, pods, Jobs, claims, and the logs of what isn't well or did a backup. */
export function clusterLooks(kubernetes: Kubernetes): Look[] {
  return [
    { name: 'Events, newest last', look: () => events(kubernetes) },
    {
      name: 'Pods',
      look: async () => table((await kubernetes.list(kinds.pod)).map((pod) => podLine(pod as V1Pod))),
    },
    { name: 'Jobs and CronJobs', look: () => jobs(kubernetes) },
    { name: 'Volume claims', look: () => claims(kubernetes) },
    { name: 'Logs', look: () => logs(kubernetes) },
  ]
}

async function events(kubernetes: Kubernetes): Promise<string> {
  interface Event extends KubeObject {
    readonly lastTimestamp?: string
    readonly eventTime?: string
    readonly reason?: string
    readonly message?: string
    readonly involvedObject?: { kind?: string; name?: string }
  }
  const found = (await kubernetes.list(kinds.event)) as Event[]
  const at = (event: Event) =>
    new Date(event.lastTimestamp ?? event.eventTime ?? event.metadata?.creationTimestamp ?? 0)
  return table(
    found
      .toSorted((a, b) => at(a).getTime() - at(b).getTime())
      .slice(-30)
      .map((event) => [
        at(event).toISOString().slice(11, 19),
        `${event.involvedObject?.kind}/${event.involvedObject?.name}`,
        event.reason ?? '',
        event.message ?? '',
      ]),
  )
}

function podLine(pod: V1Pod): string[] {
  const bad = (pod.status?.conditions ?? []).filter(({ status }) => status !== 'True')
  return [
    pod.metadata?.name ?? '',
    pod.status?.phase ?? '',
    (pod.status?.containerStatuses ?? []).map(containerState).join(', '),
    bad
      .map(({ type, reason, message }) => `${type}=False ${reason ?? ''} ${message ?? ''}`.trim())
      .join('; '),
  ]
}

function containerState({ name, state, lastState, restartCount }: V1ContainerStatus): string {
  const now = state?.terminated
    ? `exit ${state.terminated.exitCode} (${state.terminated.reason})`
    : state?.waiting
      ? `waiting: ${state.waiting.reason}`
      : 'running'
  const before = lastState?.terminated ? `, before that exit ${lastState.terminated.exitCode}` : ''
  return `${name} ${now}${restartCount > 0 ? `, ${restartCount} restarts${before}` : ''}`
}

async function jobs(kubernetes: Kubernetes): Promise<string> {
  const found = (await Promise.all([kubernetes.list(kinds.cronJob), kubernetes.list(kinds.job)])).flat()
  return table(
    found.map(({ kind, metadata, status }) => [`${kind}/${metadata?.name}`, JSON.stringify(status ?? {})]),
  )
}

async function claims(kubernetes: Kubernetes): Promise<string> {
  const found = await kubernetes.list(kinds.volumeClaim)
  return table(
    found.map(({ metadata, status, spec }) => [
      metadata?.name ?? '',
      (status as { phase?: string } | undefined)?.phase ?? '',
      (spec as { volumeName?: string } | undefined)?.volumeName ?? '(not bound)',
    ]),
  )
}

/** The end of the log of every backup pod, and of every pod that isn't well. */
async function logs(kubernetes: Kubernetes): Promise<string> {
  const pods = (await kubernetes.list(kinds.pod)) as V1Pod[]
  const told = pods.filter(
    ({ metadata, status }) =>
      metadata?.labels?.app?.startsWith('nats-') ||
      (status?.containerStatuses ?? []).some(({ ready, state }) => !ready && !state?.terminated),
  )
  const texts = await Promise.all(
    told.map(async ({ metadata, spec }) => {
      const name = metadata?.name ?? ''
      return `== ${name}\n${await kubernetes.log(name, spec?.containers[0]?.name ?? '', 40)}`
    }),
  )
  return texts.join('\n')
}

/** Rows with their columns aligned. */
function table(rows: ReadonlyArray<readonly string[]>): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(60, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
