import { RunbookFailed } from '../errors'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { watched } from '../kubernetes/watch'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { startJob } from './start-job'

/** Kubernetes removes what belonged to a deleted object a moment later; in milliseconds. */
const removalMs = 30_000

const kind = kindOf('batch/v1', 'Job')

/** Jobs that were made from a CronJob by hand, as an operator does to see something. */
export class HandStartedJobs {
  constructor(protected readonly scenario: Scenario) {}

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
      { kind, namespace },
      { name: `the removal of every Job of the CronJob ${cronJob}`, ms: removalMs },
      (jobs) => {
        const left = namesOf(jobs, cronJob)
        return left.length === 0 ? { found: undefined } : { seen: left.join(', ') }
      },
      { blame: RunbookFailed, repeat: `kubectl get jobs -n ${namespace}` },
    )
  }

  /** The names of the Jobs that were made from the CronJob and are there. */
  protected async jobsOf(cronJob: string): Promise<string[]> {
    const path = pathOf(kind, namespace)
    const { items } = await this.scenario.lane.kubernetes.ask<{ items: Resource[] }>('GET', path)
    return namesOf(items, cronJob)
  }
}

/** The Jobs that belong to a CronJob. By its name: it may be gone already. */
function namesOf(jobs: readonly Resource[], cronJob: string): string[] {
  const belongs = ({ metadata }: Resource) =>
    (metadata.ownerReferences ?? []).some((owner) => owner.kind === 'CronJob' && owner.name === cronJob)
  return jobs.filter(belongs).map(({ metadata }) => metadata.name)
}
