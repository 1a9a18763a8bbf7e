import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { jobEnds } from '../kubernetes/waits'
import { watched } from '../kubernetes/watch'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import type { HeldBackup } from './held-backup'

const name = 'nats-backup'
const path = pathOf(kindOf('batch/v1', 'CronJob'), namespace, name)
const jobKind = kindOf('batch/v1', 'Job')

/** By it the CronJob's controller marks the Jobs that it has started itself. */
const scheduledFor = 'batch.kubernetes.io/cronjob-scheduled-timestamp'

const hourMs = 3_600_000
const look = `kubectl describe cronjob ${name} -n ${namespace}`

/** When the nightly backup starts by itself. */
export class Schedule {
  constructor(
    private readonly scenario: Scenario,
    private readonly heldBackup: HeldBackup,
  ) {}

  /** No backup will start by itself: set by the harness, for procedures that begin while nothing is to start. */
  async pause(): Promise<void> {
    await this.patch('', { spec: { suspend: true } })
  }

  /** No backup will start by itself. @throws RunbookFailed when backups would */
  async isPaused(): Promise<void> {
    const { spec } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    const { suspend } = spec as { suspend?: boolean }
    expectSame('The schedule is not paused', true, suspend ?? false, look)
  }

  /**
   * For the CronJob it was 02:00 that many hours ago, and it has started nothing since the night before. It gets the time
   * zone in which that is so, within the hour, and another record of its last start; its controller then does what it does after 02:00.
   */
  async passed(hours: number): Promise<void> {
    const now = new Date()
    const ahead = 2 + hours - now.getUTCHours()
    // From 12 hours behind UTC to 14 ahead; the names of these zones count the other way round.
    const offset = ahead < -12 ? ahead + 24 : ahead
    const timeZone = offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
    const due = new Date(now)
    due.setUTCMinutes(0, 0, 0)
    const nightBefore = new Date(due.getTime() - (24 + hours) * hourMs)
    await this.patch('', { spec: { timeZone } })
    await this.patch('/status', {
      status: { lastScheduleTime: nightBefore.toISOString().replace('.000', '') },
    })
  }

  /** A backup that the schedule started an hour ago holds the volume until another one waits for it. */
  async holdsOneUp(): Promise<void> {
    await this.heldBackup.begin(() => this.passed(1))
  }

  /** The backup that the schedule has started is complete. @throws RunbookFailed when it isn't there within a minute */
  async startedOneCompletes(): Promise<void> {
    const job = await this.started()
    const deadline = { name: `the scheduled backup ${job}`, ms: 60_000 }
    const end = await jobEnds(this.scenario.lane.kubernetes, { namespace, name: job }, deadline)
    expectSame(
      'The scheduled backup failed',
      'complete',
      end.outcome,
      `kubectl logs job/${job} -n ${namespace}`,
    )
  }

  /** No Job in the namespace was started by the CronJob itself. @throws RunbookFailed when one was */
  async startedNone(): Promise<void> {
    const jobs = await this.scenario.lane.kubernetes.ask<{ items: Resource[] }>(
      'GET',
      pathOf(jobKind, namespace),
    )
    const started = jobs.items.filter(isScheduled).map(({ metadata }) => metadata.name)
    expectSame('The schedule started a backup', [], started, `kubectl get jobs -n ${namespace}`)
  }

  /** A backup that was due is left out, since another scheduled one runs. @throws RunbookFailed when that isn't said within 20 s */
  async leavesOneOut(): Promise<void> {
    const deadline = { name: 'the event JobAlreadyActive', ms: 20_000 }
    const { metadata } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    await watched<void>(
      this.scenario.lane.kubernetes,
      { kind: kindOf('v1', 'Event'), namespace },
      deadline,
      (events) => {
        const seen = events.filter(({ involvedObject: of }) => (of as { uid?: string }).uid === metadata.uid)
        if (seen.some(({ reason }) => reason === 'JobAlreadyActive')) return { found: undefined }
        return { seen: seen.map(({ reason, message }) => `${reason}: ${message}`).join('\n') || 'no event' }
      },
      { blame: RunbookFailed, repeat: look },
    )
  }

  /** The name of the Job that the schedule has started, as soon as there is one. */
  private started(): Promise<string> {
    return watched(
      this.scenario.lane.kubernetes,
      { kind: jobKind, namespace },
      { name: 'a backup started by the schedule', ms: 30_000 },
      (jobs) => {
        const job = jobs.find(isScheduled)
        if (job) return { found: job.metadata.name }
        return { seen: jobs.map(({ metadata }) => metadata.name).join(', ') || 'no Job' }
      },
      { blame: RunbookFailed, repeat: look },
    )
  }

  private async patch(of: '' | '/status', body: object): Promise<void> {
    await this.scenario.lane.kubernetes.ask('PATCH', `${path}${of}`, {
      body,
      type: 'application/merge-patch+json',
    })
  }
}

function isScheduled({ metadata }: Resource): boolean {
  return metadata.annotations?.[scheduledFor] !== undefined
}
