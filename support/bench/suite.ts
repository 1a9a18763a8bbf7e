import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabBroken } from '../errors'
import { paths } from '../lab/home'
import type { GateFile } from '../report/gate-file'

/** Where the time of one scenario went, in milliseconds. */
export interface ScenarioCost {
  readonly address: string
  readonly name: string
  readonly totalMs: number
  /** For command blocks to end and states to be reached. */
  readonly waitedMs: number
  /** The rest: what the harness itself did. */
  readonly ownMs: number
}

/**
 * What each scenario of the last run cost, as its gate file has it.
 *
 * @throws LabBroken when there is no such file
 */
export function lastRunCosts(): ScenarioCost[] {
  const file = join(paths.reports, 'gate.json')
  try {
    return costsOf(JSON.parse(readFileSync(file, 'utf8')) as GateFile)
  } catch (cause) {
    const account = { attempted: 'No run has been measured yet', expected: file, repeat: 'npm start' }
    throw new LabBroken('RBK_NO_RUN', account, { cause })
  }
}

/** The scenarios that ran to their end, the dearest first. */
export function costsOf({ scenarios }: Pick<GateFile, 'scenarios'>): ScenarioCost[] {
  return scenarios
    .flatMap(({ address, name, durationMs, waitedMs }) =>
      durationMs === null || waitedMs === null
        ? []
        : [{ address, name, totalMs: durationMs, waitedMs, ownMs: durationMs - waitedMs }],
    )
    .toSorted((a, b) => b.totalMs - a.totalMs)
}

/** The costs as a table for a person, with their sums. */
export function costTable(costs: readonly ScenarioCost[]): string {
  const sum = (key: 'ownMs' | 'waitedMs' | 'totalMs') => costs.reduce((total, cost) => total + cost[key], 0)
  const rows = [
    ...costs.map(({ address, ownMs, waitedMs, totalMs }) => [address, ownMs, waitedMs, totalMs] as const),
    [`all ${costs.length}`, sum('ownMs'), sum('waitedMs'), sum('totalMs')] as const,
  ]
  const width = Math.max('scenario'.length, ...rows.map(([name]) => name.length))
  const line = (name: string, ...cells: readonly string[]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(8))].join('  ')
  return [
    line('scenario', 'own', 'waiting', 'total'),
    ...rows.map(([name, ...cells]) => line(name, ...cells.map((ms) => `${(ms / 1000).toFixed(1)} s`))),
  ].join('\n')
}
