import { backupHeld } from '../faults/backup-held'
import { jobCompletes } from '../kubernetes/waits'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { startBackup } from './start-job'

const name = 'held-backup'

/** A backup that takes long, made by the harness from the CronJob: it holds the volume until another one waits for it. */
export class HeldBackup {
  constructor(private readonly scenario: Scenario) {}

  /**
   * A backup has begun, and goes no further until another one waits for it.
   *
   * @param start starts it; by hand, unless told
   * @throws LabBroken when it can't be held up
   */
  async begin(start = () => startBackup(this.scenario.lane.kubernetes, name)): Promise<void> {
    const { node } = this.scenario.lane.address.cluster
    await this.scenario.under(backupHeld(node, start))
  }

  /** The backup goes on, and its Job completes within a minute. @throws RunbookFailed when it fails, or isn't complete within a minute */
  async completes(): Promise<void> {
    const deadline = { name: 'the backup that was held up', ms: 60_000 }
    await jobCompletes(this.scenario.lane.kubernetes, { namespace, name }, deadline)
  }
}
