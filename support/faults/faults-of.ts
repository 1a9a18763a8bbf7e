import { HarnessMisused } from '../errors'
import type { ActiveFault, Fault } from './fault'

/** The faults of one thing, such as S3, that this scenario's steps have brought about and not ended. */
export class FaultsOf {
  private readonly inForce: ActiveFault[] = []

  /** @param what the thing, as the error names it: "S3" */
  constructor(
    private readonly what: string,
    private readonly scenario: { under(fault: Fault): Promise<ActiveFault> },
  ) {}

  /** Brings one about. It ends with `end`, or with the scenario. @throws LabBroken when it doesn't take */
  async begin(fault: Fault): Promise<void> {
    this.inForce.push(await this.scenario.under(fault))
  }

  /** Ends those that are in force, and no fault of anything else. @throws HarnessMisused when none is */
  async end(): Promise<void> {
    const ending = this.inForce.splice(0).reverse()
    if (ending.length === 0) {
      throw new HarnessMisused('RBK_NO_FAULT', {
        attempted: `A step ends a fault of ${this.what}, and none is in force`,
        next: 'Put the step that brings one about before it, or take this one out.',
      })
    }
    for (const fault of ending) await fault.heal()
  }
}
