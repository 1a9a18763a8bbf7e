import { join } from 'node:path'
import { RunbookFailed } from '../errors'
import { applyFile } from '../kubernetes/apply'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { statusOf } from '../kubernetes/status'
import { jobCompletes, jobEnds, podReaches } from '../kubernetes/waits'
import type { BackupVolume } from '../lab/backup-volume'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Ledger } from '../ledger/ledger'
import type { Scenario } from '../scenario'

/** How long a backup of the lab's data may take before something is wrong, in milliseconds; it takes 3 s. */
const backupMs = 60_000

/** The backup of NATS: its CronJob, its Jobs, and the archives on its volume. */
export class Backups {
  private before: readonly string[] = []

  constructor(private readonly scenario: Scenario) {}

  /** The published manifests are applied, by the harness: for procedures that begin after the set-up. */
  async deploy(): Promise<void> {
    for (const file of ['backup-pvc.yaml', 'backup-cronjob.yaml']) {
      await applyFile(this.scenario.lane.kubernetes, join(checkout, 'fixtures', 'nats', file))
    }
  }

  /** One finished backup is on the volume, made by the harness from the CronJob. */
  async takeOne(): Promise<void> {
    await this.start('given-backup')
    await this.jobCompletes('given-backup')
    this.before = (await this.volume.archives()).map(({ name }) => name)
  }

  /** @throws RunbookFailed when the CronJob won't do what the page says of it */
  async isScheduled(name: string): Promise<void> {
    const path = pathOf(kindOf('batch/v1', 'CronJob'), namespace, name)
    const { spec } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    const { schedule, timeZone, suspend, concurrencyPolicy } = spec as Record<string, unknown>
    const got = { schedule, timeZone, suspend: suspend ?? false, concurrencyPolicy }
    const expected = {
      schedule: '0 2 * * *',
      timeZone: 'Etc/UTC',
      suspend: false,
      concurrencyPolicy: 'Forbid',
    }
    expectSame(
      `CronJob ${name} would not run as the page says`,
      expected,
      got,
      `kubectl get cronjob ${name} -n ${namespace} -o yaml`,
    )
  }

  /** @throws RunbookFailed when the Job fails, or isn't complete within a minute */
  async jobCompletes(name: string): Promise<void> {
    await jobCompletes(
      this.scenario.lane.kubernetes,
      { namespace, name },
      { name: `Job ${name}`, ms: backupMs },
    )
  }

  /** A first attempt failed, and the Job goes on trying. @throws RunbookFailed when it succeeded, or the Job is over */
  async attemptFails(job: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const deadline = { name: `the end of the first attempt of Job ${job}`, ms: backupMs }
    const labels = `job-name=${job}`
    const pod = await podReaches(kubernetes, { namespace, labels }, ['Failed', 'Succeeded'], deadline)
    const look = `kubectl describe job ${job} -n ${namespace}`
    expectSame(`The first attempt of Job ${job} did not fail`, 'Failed', statusOf(pod).phase, look)
    const { status } = await kubernetes.ask<Resource>(
      'GET',
      pathOf(kindOf('batch/v1', 'Job'), namespace, job),
    )
    const conditions = (status as { conditions?: Array<{ type: string }> }).conditions ?? []
    const ended = conditions.map(({ type }) => type)
    expectSame(`Job ${job} gave up after its first attempt`, [], ended, look)
  }

  /** A retry of the Job succeeds by itself. The Job controller waits 10 s before the first retry, 20 s before the second. */
  async retrySucceeds(job: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const end = await jobEnds(
      kubernetes,
      { namespace, name: job },
      { name: `a retry of Job ${job}`, ms: 90_000 },
    )
    expectSame(
      `No retry of Job ${job} succeeded`,
      'complete',
      end.outcome,
      `kubectl logs -n ${namespace} -l job-name=${job} --prefix`,
    )
  }

  /** @throws RunbookFailed when the archives on the volume aren't as many */
  async archivesAre(count: number): Promise<void> {
    const archives = await this.volume.archives()
    if (archives.length === count) return
    throw new RunbookFailed('RBK_ARCHIVES', {
      attempted: 'The backup volume does not hold the archives that the runbook promises',
      expected: `${count}`,
      got: `${archives.length}: ${archives.map(({ name, size }) => `${name} (${size} bytes)`).join(', ')}`,
    })
  }

  /** @throws RunbookFailed when an archive that was there at the beginning is gone */
  async earlierOnesStay(): Promise<void> {
    const now = new Set((await this.volume.archives()).map(({ name }) => name))
    const gone = this.before.filter((name) => !now.has(name))
    expectSame('Archives that were on the volume are gone', [], gone, `kubectl get jobs -n ${namespace}`)
  }

  /**
   * What the newest archive says of itself is all that publishers were told is safe: as many messages in each
   * stream, the same sequences, every consumer. That the messages are whole is shown by restoring them.
   *
   * @throws RunbookFailed with each stream that is short
   */
  async newestIsComplete(): Promise<void> {
    const { file, manifest } = await this.volume.newest()
    const archived = manifest.streams.map(({ name, messages, firstSequence, lastSequence, consumers }) => {
      const sequences = messages === 0 ? '' : ` sequences ${firstSequence} to ${lastSequence}`
      return `${name}: ${messages} messages${sequences}, consumers ${names(consumers)}`
    })
    const expected = promised(this.scenario.lane.dataset.ledger)
    const attempted = `${file.name} (${file.size} bytes) does not hold everything that was acknowledged`
    expectSame(
      attempted,
      expected.join('\n'),
      archived.toSorted().join('\n'),
      `kubectl logs -n ${namespace} -l app=nats-backup`,
    )
  }

  private async start(name: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const cronJob = await kubernetes.ask<Resource>(
      'GET',
      pathOf(kindOf('batch/v1', 'CronJob'), namespace, 'nats-backup'),
    )
    const { spec, metadata } = (cronJob.spec as { jobTemplate: { spec: unknown; metadata: object } })
      .jobTemplate
    const body = { apiVersion: 'batch/v1', kind: 'Job', metadata: { ...metadata, name, namespace }, spec }
    await kubernetes.ask('POST', pathOf(kindOf('batch/v1', 'Job'), namespace), { body })
  }

  private get volume(): BackupVolume {
    return this.scenario.lane.volume
  }
}

/** What an archive must say, from the ledger. */
function promised(ledger: Ledger): string[] {
  return ledger.streams
    .map((stream) => {
      const messages = ledger.expected(stream)
      const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq]
      const consumers = ledger.consumers.filter((consumer) => consumer.stream === stream)
      const sequences = messages.length === 0 ? '' : ` sequences ${first} to ${last}`
      return `${stream}: ${messages.length} messages${sequences}, consumers ${names(consumers)}`
    })
    .toSorted()
}

function names(consumers: ReadonlyArray<{ readonly name: string }>): string {
  return (
    consumers
      .map(({ name }) => name)
      .toSorted()
      .join(', ') || 'none'
  )
}

/** @throws RunbookFailed with both values when they differ */
function expectSame(attempted: string, expected: unknown, got: unknown, repeat: string): void {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  if (text(expected) === text(got)) return
  throw new RunbookFailed('RBK_DIFFERS', { attempted, expected: text(expected), got: text(got), repeat })
}
