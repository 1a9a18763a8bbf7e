import type { Scenario } from '../scenario'
import { cronJobGone, imageUnknown, memoryLow } from './cronjob-changed'

/** What happens to the backup's CronJob. Each method throws LabBroken when it doesn't take. */
export class CronJobFaults {
  constructor(private readonly scenario: Scenario) {}

  /** The CronJob of the backup is deleted. */
  async isGone(): Promise<void> {
    const { lane, probe } = this.scenario
    await this.scenario.under(cronJobGone(lane.kubernetes, probe))
  }

  /** The CronJob asks for an image that doesn't exist. */
  async hasUnknownImage(image: string): Promise<void> {
    const { lane, probe } = this.scenario
    await this.scenario.under(imageUnknown(lane.kubernetes, probe, image))
  }

  /** The CronJob gives its Jobs so many MiB of memory, and no more. */
  async hasLittleMemory(mebibytes: number): Promise<void> {
    const { lane, probe } = this.scenario
    await this.scenario.under(memoryLow(lane.kubernetes, probe, `${mebibytes}Mi`))
  }
}
