import type { LabBroken } from './errors'
import type { Nouns } from './nouns'
import type { Scenario } from './scenario'
import type { Attach } from './shell/operator'

/** A scenario that has begun, and what its steps speak of. */
export interface Begun {
  readonly scenario: Scenario
  readonly nouns: Nouns
}

/** Where scenarios take place: a lane of the lab, or a cluster that was there before. */
export interface Place {
  /** What the report says of it, as a `Lab` (support/report/attachment.ts). */
  readonly described: object
  /** Whether a block may be broken off between its commands, to see that it can be pasted again. */
  readonly mayCutOff: boolean
  /** Brings it to the state in which a scenario begins. @returns what is to be told of that; nothing when nothing is */
  makeReady(): Promise<string>
  begin(put: Attach, verbose: boolean): Begun
  /** Why it was the place that failed, and not the runbook; undefined when it's whole. */
  died(scenario?: Scenario): Promise<LabBroken | undefined>
  /** @returns what is to be told of how the scenario left it; nothing when nothing is */
  leftBehind(): Promise<string>
  /** Closes what would keep the process alive, and removes what was made for this run alone. */
  close(): Promise<void>
}
