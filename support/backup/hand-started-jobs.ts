import { RunbookFailed } from '../errors'
import { kindOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { watched } from '../kubernetes/watch'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { startJob } from './start-job'

/** Kubernetes removes what belonged to a deleted object a moment later; in milliseconds. */
const removalMs = 30_000

/** Jobs that were made from a CronJob by hand, as an operator does to see something. */
export class HandStartedJobs {
  constructor(private readonly scenario: Scenario) {}

  /**
   * Jobs of these names were made from the CronJob, and are still there: for procedures that remove them. They have no pods.
   *
   * @param names one or more: "no-image, no-volume"
   */
  async start(names: string, cronJob: string): Promise<void> {
    const { kubernetes } = this.scenario.lane
    await Promise.all(names.split(/, */).map((name) => startJob(kubernetes, cronJob, name, true)))
  }

  /** No Job that was made from the CronJob is there any more. @throws RunbookFailed with those that are */
  async noneIsLeft(cronJob: string): Promise<void> {
    await watched<void>(
      this.scenario.lane.kubernetes,
      { kind: kindOf('batch/v1', 'Job'), namespace },
      { name: `the removal of every Job of the CronJob ${cronJob}`, ms: removalMs },
      (jobs) => {
        const left = jobs.filter((job) => belongsTo(job, cronJob)).map(({ metadata }) => metadata.name)
        return left.length === 0 ? { found: undefined } : { seen: left.join(', ') }
      },
      { blame: RunbookFailed, repeat: `kubectl get jobs -n ${namespace}` },
    )
  }
}

/** By name: the CronJob itself may be gone already. */
function belongsTo({ metadata }: Resource, cronJob: string): boolean {
  return (metadata.ownerReferences ?? []).some(({ kind, name }) => kind === 'CronJob' && name === cronJob)
}
