import { HarnessMisused } from '../errors'
import { NodeDown } from '../faults/node-down'
import { StreamHealth } from '../jetstream/stream-health'
import type { Scenario } from '../scenario'
import { startBackup } from './start-job'

/** The backup's node goes down under it, as in a power failure, and is started again. */
export class NodeFailure {
  private fault: NodeDown | undefined

  constructor(private readonly scenario: Scenario) {}

  /** A backup of that name begins, and the node goes down when a part of its archive is written. @throws LabBroken when it doesn't, or not then */
  async during(job: string): Promise<void> {
    const { lane, probe } = this.scenario
    const start = () => startBackup(lane.kubernetes, job)
    const streams = new StreamHealth(lane.operated, lane.dataset.ledger.streams)
    this.fault = new NodeDown(lane, probe, await lane.volume.folder(), start, streams)
    await this.scenario.under(this.fault)
  }

  /** Somebody switches the node on. It isn't waited for: that is the procedure's. @throws HarnessMisused when it didn't go down */
  async isSwitchedOn(): Promise<void> {
    if (!this.fault) {
      throw new HarnessMisused('RBK_NO_FAULT', {
        attempted: 'A step switches the node on, and none before it took it down',
      })
    }
    await this.fault.switchOn()
  }
}
