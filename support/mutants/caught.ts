import { didNotTake } from '../faults/fault'
import type { GateFile } from '../report/gate-file'
import type { Mutant } from './mutant'

/** How a run of scenarios with a mutant ended for each, by address. */
export interface ScenarioEnd {
  readonly verdict: string
  /** Why, as gate.json says it; absent for what passed. */
  readonly message?: string
}

/** How each scenario of a run ended, by its address. */
export function scenarioEnds({
  scenarios,
  reasons,
}: Pick<GateFile, 'scenarios' | 'reasons'>): ReadonlyMap<string, ScenarioEnd> {
  return new Map(
    scenarios.map(({ address, uri, line, verdict }) => {
      const message = reasons.find(
        (each) => each.verdict === verdict && each.where === `${uri}:${line}`,
      )?.message
      return [address, { verdict, ...(message === undefined ? {} : { message }) }]
    }),
  )
}

/** A scenario that noticed a mutant, and how. */
export interface Catcher {
  readonly address: string
  /** What it said, in a line: its headline, and what it expected. */
  readonly said: string
}

/**
 * The scenarios that notice a mutant, of those that should. One of a fault makes them inconclusive because the fault did not
 * take, and not for any other reason: a lane that died has noticed nothing.
 */
export function catchersOf(
  { caughtBy, as }: Pick<Mutant, 'caughtBy' | 'as'>,
  ends: ReadonlyMap<string, ScenarioEnd>,
): Catcher[] {
  return caughtBy.flatMap((address) => {
    const { verdict, message = '' } = ends.get(address) ?? {}
    if (verdict !== as || (as === 'inconclusive' && !message.includes(didNotTake))) return []
    return [{ address, said: inOneLine(message) }]
  })
}

/**
 * Of a message as support/errors.ts lays it out. The time that a published command puts in a name is left out: docs/mutants.md
 * says what was noticed, and is the same when it is noticed again.
 */
function inOneLine(message: string): string {
  const [headline = ''] = message.replaceAll(/\b\d{8}-\d{6}\b/g, 'TIME').split('\n')
  const [, expected] = /^ {2}expected +(.+)$/m.exec(message) ?? []
  return expected === undefined ? headline : `${headline}; expected: ${expected}`
}
