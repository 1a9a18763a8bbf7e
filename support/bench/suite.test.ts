import { describe, expect, it } from 'vitest'
import { costsOf, costTable } from './suite'

const scenario = (address: string, durationMs: number | null, waitedMs: number | null) => ({
  address,
  name: address,
  uri: 'features/x.feature',
  line: 1,
  verdict: 'passed',
  attempts: 1,
  durationMs,
  waitedMs,
})

describe('what scenarios cost', () => {
  const costs = costsOf({
    scenarios: [
      scenario('restore.1.1', 4200, 4000),
      scenario('backup.2.1', 12_400, 9_000),
      scenario('killed.1.1', null, null),
    ],
  })

  it('is told with the dearest first, and without those that never ended', () => {
    expect(costs.map(({ address, ownMs }) => [address, ownMs])).toEqual([
      ['backup.2.1', 3_400],
      ['restore.1.1', 200],
    ])
  })

  it('adds up', () => {
    expect(costTable(costs)).toMatchInlineSnapshot(`
      "scenario          own   waiting     total
      backup.2.1      3.4 s     9.0 s    12.4 s
      restore.1.1     0.2 s     4.0 s     4.2 s
      all 2           3.6 s    13.0 s    16.6 s"
    `)
  })
})
