import { describe, expect, it } from 'vitest'
import type { GateFile } from '../report/gate-file'
import { flakes, flakeTable } from './flake-table'

type Result = readonly [verdict: string, attempts?: number]

function run(order: string, results: Readonly<Record<string, Result>>) {
  const scenarios = Object.entries(results).map(([address, [verdict, attempts = 1]]) => ({
    address,
    name: `Title of ${address}`,
    uri: 'features/x.feature',
    line: 1,
    verdict,
    attempts,
    durationMs: 1,
    waitedMs: 0,
  }))
  const green = scenarios.filter(({ verdict }) => verdict === 'passed').length
  const gate: GateFile = {
    verdict: green === scenarios.length ? 'passed' : 'failed',
    exitCode: green === scenarios.length ? 0 : 1,
    counts: {
      passed: green,
      failed: scenarios.length - green,
      misuse: 0,
      inconclusive: 0,
      'known defect': 0,
      total: scenarios.length,
      flaky: 0,
    },
    reasons: [],
    scenarios,
    startedAt: '2026-11-26T10:00:00.000Z',
    finishedAt: '2026-11-26T10:17:05.000Z',
    versions: [],
  }
  return { order, gate }
}

describe('flakes', () => {
  it('finds none where every run says the same, red or green', () => {
    const same = { 'x.1': ['passed'], 'x.2': ['failed'] } as const
    expect(flakes([run('random:1', same), run('random:2', same)])).toEqual([])
  })

  it('finds another verdict, a second attempt, and what a run never came to; the least steady first', () => {
    const found = flakes([
      run('random:1', { 'x.1': ['passed'], 'x.2': ['passed', 2], 'x.3': ['passed'] }),
      run('random:2', { 'x.1': ['passed'], 'x.2': ['failed'], 'x.3': ['passed'] }),
      run('random:3', { 'x.1': ['passed'], 'x.2': ['passed'] }),
    ])
    expect(found.map(({ address, verdicts, unsteadyIn }) => [address, ...verdicts, unsteadyIn])).toEqual([
      ['x.2', ['passed', 2], ['failed', 1], [1, 2]],
      ['x.3', ['passed', 2], ['never ran', 1], [3]],
    ])
  })
})

describe('flakeTable', () => {
  it('says that nothing is unsteady', () => {
    const table = flakeTable([run('random:1', { 'x.1': ['passed'] })])
    expect(table).toContain('# 1 run: the same verdicts, no flake')
    expect(table).toContain('| 1 | random:1 | passed | 1 of 1 green | 17 min 5 s |')
  })

  it('names the order in which a run was unsteady', () => {
    const table = flakeTable([
      run('random:1', { 'x.1': ['passed'] }),
      run('random:2', { 'x.1': ['failed'] }),
      run('random:3', { 'x.1': ['passed'] }),
    ])
    expect(table).toContain('# 3 runs: 1 flake')
    expect(table).toContain('| x.1 | Title of x.1 | passed 2, failed 1 | 2 (--order random:2) |')
  })
})
