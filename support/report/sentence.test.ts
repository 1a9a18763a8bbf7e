import { describe, expect, it } from 'vitest'
import { countsOf } from './sentence'

const none = { passed: 0, failed: 0, misuse: 0, inconclusive: 0, 'known defect': 0, total: 0, flaky: 0 }

describe('countsOf', () => {
  it('tells what there is any of, the worst first, as one says it', () => {
    expect(countsOf({ ...none, passed: 6, failed: 1, 'known defect': 2, flaky: 1 })).toBe(
      '1 failed, 2 known defects, 6 passed, 1 flaky',
    )
    expect(countsOf({ ...none, 'known defect': 1 })).toBe('1 known defect')
    expect(countsOf(none)).toBe('none')
  })
})
