import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { execa } from 'execa'
import { LabBroken } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { jobCompletes } from '../kubernetes/waits'
import { watched } from '../kubernetes/watch'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import { lastRunCosts, type ScenarioCost } from './suite'

/** A lab from nothing, its images at hand. @returns milliseconds from the command to the lab being ready */
export async function coldStart(): Promise<number> {
  await runbook('down', '--keep-engine')
  return timed(() => runbook('up'))
}

/**
 * A run on a warm lab, as anyone starts one.
 *
 * @returns milliseconds from the command to the first step of the procedure
 */
export async function warmRun(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-bench-'))
  try {
    const messages = join(folder, 'messages.ndjson')
    const started = Date.now()
    const args = [
      'features/nats-backup/quick-start.feature',
      '--name',
      'Deploy the volume',
      '--format',
      `message:${messages}`,
    ]
    await must('npx', ['cucumber-js', ...args])
    const lines = readFileSync(messages, 'utf8').trim().split('\n')
    return firstStepAfter(
      started,
      lines.map((line) => JSON.parse(line) as Envelope),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Every runbook once, on a warm lab. @returns what each scenario cost */
export async function wholeSuite(): Promise<ScenarioCost[]> {
  await runbook('run')
  return lastRunCosts()
}

/** From the API server's answer to a change, to the wait for that change being over. */
export async function release(kubernetes: Kubernetes): Promise<number> {
  const kind = kindOf('v1', 'ConfigMap')
  const name = `bench-${process.pid}-${Date.now()}`
  let changed = 0
  const wait = watched(
    kubernetes,
    { kind, namespace, name },
    { name: 'the change', ms: 10_000 },
    ([found]) =>
      (found?.data as { state?: string } | undefined)?.state === 'done'
        ? { found: performance.now() }
        : { seen: 'not yet' },
  )
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { state: 'new' } }
  await kubernetes.ask('POST', pathOf(kind, namespace), { body })
  const done = { body: { data: { state: 'done' } }, type: 'application/merge-patch+json' }
  await kubernetes.ask('PATCH', pathOf(kind, namespace, name), done)
  changed = performance.now()
  const seen = await wait
  await kubernetes.ask('DELETE', pathOf(kind, namespace, name))
  // The watch may bring the event before the answer to the change arrives.
  return Math.max(0, seen - changed)
}

/** A Job that does nothing: from creating it to seeing it complete. */
export async function emptyJob(kubernetes: Kubernetes): Promise<number> {
  const name = `bench-${process.pid}-${Date.now()}`
  const kind = kindOf('batch/v1', 'Job')
  const container = {
    name: 'nothing',
    image: 'nats:2.15.2',
    args: ['--version'],
    imagePullPolicy: 'IfNotPresent',
  }
  const body = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } },
  }
  const ms = await timed(async () => {
    await kubernetes.ask<Resource>('POST', pathOf(kind, namespace), { body })
    await jobCompletes(kubernetes, { namespace, name }, { name: `Job ${name}`, ms: 60_000 })
  })
  await kubernetes.ask('DELETE', pathOf(kind, namespace, name), { body: { propagationPolicy: 'Background' } })
  return ms
}

function firstStepAfter(startedMs: number, envelopes: readonly Envelope[]): number {
  const at = ({ seconds, nanos }: { seconds: number; nanos: number }) => seconds * 1000 + nanos / 1e6
  const isStep = new Set(
    envelopes.flatMap(({ testCase }) =>
      (testCase?.testSteps ?? []).flatMap(({ id, pickleStepId }) => (pickleStepId ? [id] : [])),
    ),
  )
  const first = envelopes.find(({ testStepStarted }) => isStep.has(testStepStarted?.testStepId ?? ''))
  if (first?.testStepStarted) return at(first.testStepStarted.timestamp) - startedMs
  throw new LabBroken('RBK_BENCH', {
    attempted: 'The run that was to be measured began no step',
    repeat: 'npx runbook run',
  })
}

async function runbook(...args: string[]): Promise<void> {
  await must('npx', ['runbook', ...args])
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const result = await execa(program, args, { cwd: checkout, reject: false, all: true })
  if (!result.failed) return
  throw new LabBroken('RBK_BENCH', {
    attempted: `What was to be measured failed: ${program} ${args.join(' ')}`,
    lastSeen: result.all.slice(-2000),
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
