import { readFileSync } from 'node:fs'
import type { GateFile } from './gate-file'

/**
 * How long each scenario took in the last run, in milliseconds by address. Empty when there is no last run to be read.
 *
 * @param gateFile path of its gate.json
 */
export function lastDurations(gateFile: string): Map<string, number> {
  try {
    const { scenarios } = JSON.parse(readFileSync(gateFile, 'utf8')) as GateFile
    return new Map(
      scenarios.flatMap(({ address, durationMs }) => (durationMs === null ? [] : [[address, durationMs]])),
    )
  } catch {
    return new Map()
  }
}

/**
 * How long the scenarios that are left will take; undefined when none is known that they could be like.
 *
 * @param left    addresses
 * @param known   milliseconds by address, of the last run and of this one so far; a scenario that is not among them is
 *                taken to be like those that are
 * @param workers how many run at a time
 */
export function timeLeft(
  left: readonly string[],
  known: ReadonlyMap<string, number>,
  workers: number,
): number | undefined {
  if (known.size === 0) return undefined
  const average = [...known.values()].reduce((total, ms) => total + ms, 0) / known.size
  const sum = left.reduce((total, address) => total + (known.get(address) ?? average), 0)
  return sum / Math.max(workers, 1)
}
