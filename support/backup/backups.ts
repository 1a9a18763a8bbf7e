import { join } from 'node:path'
import { expectSame } from '../expect-same'
import { applyFile } from '../kubernetes/apply'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { statusOf } from '../kubernetes/status'
import { jobCompletes, jobCountsFailure, jobEnds, podReaches } from '../kubernetes/waits'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { startedJob } from './started-job'

/** How long a backup of the lab's data may take before something is wrong, in milliseconds; it takes 3 s. */
const backupMs = 60_000

/** The backup of NATS: its CronJob and its Jobs. */
export class Backups {
  /** How long a backup may take before something is wrong, in milliseconds. */
  protected readonly patienceMs: number = backupMs

  constructor(protected readonly scenario: Scenario) {}

  /** The published manifests are applied, by the harness: for procedures that begin after the set-up. */
  async deploy(): Promise<void> {
    for (const file of ['backup-pvc.yaml', 'backup-cronjob.yaml']) {
      await applyFile(this.scenario.lane.kubernetes, join(checkout, 'fixtures', 'nats', file))
    }
  }

  /** The CronJob starts at that time, isn't paused, and never runs two backups at once. @throws RunbookFailed when it's set otherwise */
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

  /** The Job succeeds within a minute. @throws RunbookFailed when it fails, or isn't complete by then */
  async jobCompletes(called: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const name = await startedJob(kubernetes, called)
    await jobCompletes(kubernetes, { namespace, name }, { name: `Job ${name}`, ms: this.patienceMs })
  }

  /** A first attempt failed, and the Job goes on trying. @throws RunbookFailed when it succeeded, or the Job is over */
  async attemptFails(called: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const job = await startedJob(kubernetes, called)
    const deadline = { name: `the end of the first attempt of Job ${job}`, ms: backupMs }
    const labels = `job-name=${job}`
    const pod = await podReaches(kubernetes, { namespace, labels }, ['Failed', 'Succeeded'], deadline)
    const look = `kubectl describe job ${job} -n ${namespace}`
    expectSame(`The first attempt of Job ${job} did not fail`, 'Failed', statusOf(pod).phase, look)
    const counted = { name: `the Job controller's view of the first attempt of Job ${job}`, ms: backupMs }
    const ended = await jobCountsFailure(kubernetes, { namespace, name: job }, counted)
    expectSame(`Job ${job} gave up after its first attempt`, [], ended, look)
  }

  /** The Job is over after one attempt: what is wrong doesn't pass by itself. @throws RunbookFailed when it succeeds or goes on */
  async failsAtOnce(called: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const job = await startedJob(kubernetes, called)
    const deadline = { name: `the failure of Job ${job}`, ms: backupMs }
    const { outcome, reason } = await jobEnds(kubernetes, { namespace, name: job }, deadline)
    const look = `kubectl describe job ${job} -n ${namespace}`
    expectSame(`Job ${job} did not fail for good`, 'failed PodFailurePolicy', `${outcome} ${reason}`, look)
    const path = pathOf(kindOf('v1', 'Pod'), namespace)
    const query = { labelSelector: `job-name=${job}` }
    const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', path, { query })
    expectSame(`Job ${job} made more than one attempt`, 1, items.length, look)
  }

  /** Nobody does anything, and the Job completes by one of its own retries. The Job controller waits 10 s before the first retry, 20 s before the second. */
  async retrySucceeds(called: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const job = await startedJob(kubernetes, called)
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
}
