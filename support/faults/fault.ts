import { LabBroken, messageOf } from '../errors'
import type { Part } from '../lab/made'

/** Something that goes wrong on purpose, in four steps of which none is taken at its word. */
export interface Fault {
  /** As in the report: "S3 refuses connections". */
  readonly name: string
  /** Parts of the lane that don't answer while it is in force, and haven't died; none unless told. */
  readonly silences?: readonly Part[]
  inject(): Promise<void>
  /** Shows that it is in force, from where the procedure runs. @returns what was seen @throws when it isn't */
  proveInForce(): Promise<string>
  heal(): Promise<void>
  /** Shows that it is over. @returns what was seen @throws when it isn't */
  proveHealed(): Promise<string>
}

/** The life of one fault, as the report draws it; ISO times. */
export interface FaultRecord {
  readonly name: string
  readonly injectedAt: string
  readonly inForceAt: string
  readonly healedAt: string | null
  readonly provenHealedAt: string | null
  readonly proof: string
}

/** By these words a report says that a fault wasn't in force. */
export const didNotTake = 'did not take, so this scenario would show nothing'

/** A fault that is in force, until it's healed. */
export class ActiveFault {
  private ended = false

  private constructor(
    private readonly fault: Fault,
    private current: FaultRecord,
    private readonly told: (record: FaultRecord) => Promise<void> | void,
  ) {}

  /**
   * Injects a fault and proves it in force.
   *
   * @param told takes the record, now and again when the fault is healed
   * @throws LabBroken when the proof fails: a scenario under a fault that isn't there shows nothing
   */
  static async inject(
    fault: Fault,
    told: (record: FaultRecord) => Promise<void> | void = () => undefined,
  ): Promise<ActiveFault> {
    const injectedAt = new Date().toISOString()
    try {
      await fault.inject()
      const proof = await fault.proveInForce()
      const record = { name: fault.name, injectedAt, inForceAt: new Date().toISOString(), proof }
      const active = new ActiveFault(fault, { ...record, healedAt: null, provenHealedAt: null }, told)
      await told(active.current)
      return active
    } catch (cause) {
      await fault.heal().catch(() => undefined)
      throw new LabBroken(
        'RBK_FAULT_NOT_IN_FORCE',
        {
          attempted: `The fault "${fault.name}" ${didNotTake}`,
          got: messageOf(cause),
          next: 'Nothing is wrong with the runbook by this. See that the lab is whole, and run it again:',
          repeat: 'npx runbook status',
        },
        { cause },
      )
    }
  }

  get name(): string {
    return this.fault.name
  }

  /** Parts of the lane that don't answer by its doing. */
  get silences(): readonly Part[] {
    return this.ended ? [] : (this.fault.silences ?? [])
  }

  /**
   * Ends the fault and proves that it's over. Doing it twice does nothing.
   *
   * @throws LabBroken when it's still there
   */
  async heal(): Promise<void> {
    if (this.ended) return
    this.ended = true
    const healedAt = new Date().toISOString()
    try {
      await this.fault.heal()
      await this.fault.proveHealed()
    } catch (cause) {
      throw new LabBroken(
        'RBK_FAULT_NOT_HEALED',
        {
          attempted: `The fault "${this.fault.name}" could not be ended`,
          got: messageOf(cause),
          next: 'Make the lab anew:',
          repeat: 'npx runbook down && npx runbook up',
        },
        { cause },
      )
    }
    this.current = { ...this.current, healedAt, provenHealedAt: new Date().toISOString() }
    await this.told(this.current)
  }
}
