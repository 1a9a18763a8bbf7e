import { setTimeout as after } from 'node:timers/promises'
import { messageOf } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { containersOf } from '../kubernetes/containers'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { type Resource, title } from '../kubernetes/resource'
import { statusOf, summary } from '../kubernetes/status'

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

/**
 * What to look at in a namespace, the most telling first: pods, Jobs, the logs of what isn't well or did a backup, events,
 * claims.
 *
 * @param since older events are of scenarios before
 */
export function clusterLooks(kubernetes: Kubernetes, namespace: string, since: Date): Look[] {
  const list = async (apiVersion: string, kind: string) => {
    const path = pathOf(kindOf(apiVersion, kind), namespace)
    const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', path)
    return items.map((item): Resource => ({ ...item, apiVersion, kind }))
  }
  const summaries = async (...of: ReadonlyArray<readonly [string, string]>) => {
    const found = (await Promise.all(of.map(([apiVersion, kind]) => list(apiVersion, kind)))).flat()
    return table(found.map((each) => [title(each), summary(each)]))
  }
  return [
    { name: 'Pods', look: () => summaries(['v1', 'Pod']) },
    { name: 'Jobs and CronJobs', look: () => summaries(['batch/v1', 'CronJob'], ['batch/v1', 'Job']) },
    { name: 'Logs', look: async () => logs(kubernetes, namespace, await list('v1', 'Pod')) },
    {
      name: 'Events since the scenario began (UTC), newest last',
      look: () => events(kubernetes, namespace, since),
    },
    { name: 'Volume claims', look: () => summaries(['v1', 'PersistentVolumeClaim']) },
  ]
}

interface Event {
  readonly metadata: { readonly creationTimestamp?: string }
  readonly lastTimestamp?: string
  readonly eventTime?: string
  readonly reason?: string
  readonly message?: string
  readonly involvedObject?: { readonly kind?: string; readonly name?: string }
}

async function events(kubernetes: Kubernetes, namespace: string, since: Date): Promise<string> {
  const { items } = await kubernetes.ask<{ items: Event[] }>('GET', `/api/v1/namespaces/${namespace}/events`)
  const at = ({ lastTimestamp, eventTime, metadata }: Event) =>
    new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0)
  return table(
    items
      // Their times are whole seconds.
      .filter((event) => at(event).getTime() >= since.getTime() - 1000)
      .toSorted((a, b) => at(a).getTime() - at(b).getTime())
      .slice(-30)
      .map((event) => [
        at(event).toISOString().slice(11, 19),
        `${event.involvedObject?.kind} ${event.involvedObject?.name}`,
        event.reason ?? '',
        event.message ?? '',
      ]),
  )
}

/** The end of the log of every backup pod, and of every pod that isn't well. */
async function logs(kubernetes: Kubernetes, namespace: string, pods: readonly Resource[]): Promise<string> {
  const told = pods.filter(
    (pod) =>
      pod.metadata.labels?.app?.startsWith('nats-') ||
      (statusOf(pod).containerStatuses ?? []).some(({ ready, state }) => !ready && !state?.terminated),
  )
  const texts = await Promise.all(
    told.flatMap(({ metadata: { name }, spec }) =>
      containersOf(spec).map(async (container, _, all) => {
        const text = await logOf(kubernetes, namespace, name, container)
        return `== ${all.length > 1 ? `${name}, container ${container}` : name}\n${text}`
      }),
    ),
  )
  return texts.join('\n')
}

async function logOf(
  kubernetes: Kubernetes,
  namespace: string,
  pod: string,
  container: string,
): Promise<string> {
  const query = { container, tailLines: '40' }
  const text = await kubernetes
    .text('GET', `/api/v1/namespaces/${namespace}/pods/${pod}/log`, { query })
    .catch((error: unknown) => `(no log: ${messageOf(error)})`)
  return text.trimEnd() || '(it printed nothing)'
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
