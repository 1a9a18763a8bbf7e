import { describe, expect, it } from 'vitest'
import { spread, table } from './summary'

describe('measured figures', () => {
  it.each([
    [[3], { min: 3, median: 3, max: 3 }],
    [[5, 1, 3], { min: 1, median: 3, max: 5 }],
    [[4, 1, 2, 3], { min: 1, median: 2.5, max: 4 }],
  ])('%j are told by their smallest, middle and largest', (figures, expected) => {
    expect(spread(figures)).toEqual(expected)
  })

  it('are put beside their target', () => {
    const text = table([
      { name: 'warm start', ms: [900, 1000, 2600], targetMs: 1500 },
      { name: 'cold start', ms: [31_000], targetMs: 20_000 },
    ])
    expect(text).toMatchInlineSnapshot(`
      "what        runs     min  median     max  target
      warm start     3  900 ms   1.0 s   2.6 s   1.5 s      met
      cold start     1  31.0 s  31.0 s  31.0 s  20.0 s  not met"
    `)
  })
})
