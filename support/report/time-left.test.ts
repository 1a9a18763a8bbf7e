import { describe, expect, it } from 'vitest'
import { timeLeft } from './time-left'

describe('timeLeft', () => {
  it('takes a scenario that is new to be like the others, and shares among workers', () => {
    const usual = new Map([
      ['a', 1000],
      ['b', 3000],
    ])
    expect(timeLeft(['a', 'b', 'c'], usual, 1)).toBe(6000)
    expect(timeLeft(['a', 'b', 'c'], usual, 2)).toBe(3000)
  })

  it('takes what this run has shown, where the last one was of something else', () => {
    expect(
      timeLeft(
        ['a', 'b'],
        new Map([
          ['x', 1000],
          ['y', 3000],
        ]),
        1,
      ),
    ).toBe(4000)
  })

  it('says nothing when it knows nothing', () => {
    expect(timeLeft(['a'], new Map(), 1)).toBeUndefined()
  })
})
