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
 * How long the scenarios that are left will take; undefined when none of them ran before.
 *
 * @param left    addresses
 * @param last    milliseconds by address; one that is new is taken to be like the others
 * @param workers how many run at a time
 */
export function timeLeft(
  left: readonly string[],
  last: ReadonlyMap<string, number>,
  workers: number,
): number | undefined {
  const known = left.flatMap((address) => last.get(address) ?? [])
  if (known.length === 0) return undefined
  const sum = known.reduce((total, ms) => total + ms, 0)
  return (sum * left.length) / known.length / Math.max(workers, 1)
}
