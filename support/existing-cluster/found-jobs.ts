import { HandStartedJobs } from '../backup/hand-started-jobs'
import { LabBroken } from '../errors'

/** The Jobs that were made from a CronJob on an existing cluster, by this run or by people. */
export class FoundJobs extends HandStartedJobs {
  /** At least one Job was made from the CronJob. @throws LabBroken when none was */
  override async start(_names: string, cronJob: string): Promise<void> {
    if ((await this.jobsOf(cronJob)).length > 0) return
    throw new LabBroken('RBK_NO_JOB', {
      attempted: `No Job of the CronJob ${cronJob} is there, and the procedure takes one for given`,
      next: 'Run the procedure that starts one first; a run on an existing cluster starts none but by its blocks.',
    })
  }
}
