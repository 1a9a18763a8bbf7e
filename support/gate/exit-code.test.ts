import { describe, expect, it } from 'vitest'
import { HarnessMisused, LabBroken, RunbookFailed } from '../errors'
import { exitCodeOf, exitCodeOfError, readable } from './exit-code'

describe('exitCodeOf', () => {
  it.each([
    ['a run that never began', { given: 0, began: false }, 2],
    ['an error in cucumber before the run', { given: 1, began: false }, 2],
    ['a lab that did not start', { given: 3, began: false }, 3],
    ['a run that was broken off', { given: 0, began: true }, 3],
    ['an error in mid-run', { given: 1, began: true }, 3],
    ['Ctrl-C', { given: 130, began: true }, 130],
    ['a passed run', { given: 0, began: true, judged: 0, succeeded: true }, 0],
    [
      'a run with only known defects, which cucumber counts as failed',
      { given: 1, began: true, judged: 0, succeeded: false },
      0,
    ],
    ['a report that could not be written', { given: 1, began: true, judged: 0, succeeded: true }, 3],
    [
      'a report that could not be written, of a run with known defects',
      { given: 1, began: true, judged: 0, succeeded: false, isUnwritten: true },
      3,
    ],
    ['Ctrl-C while the report is written', { given: 130, began: true, judged: 0, succeeded: true }, 130],
    ['the same, of a run with known defects', { given: 143, began: true, judged: 0, succeeded: false }, 143],
    ['a failed run', { given: 1, began: true, judged: 1, succeeded: false }, 1],
    ['a failed run that cucumber calls passed', { given: 0, began: true, judged: 1, succeeded: true }, 1],
    ['an inconclusive run', { given: 1, began: true, judged: 3, succeeded: false }, 3],
  ])('%s', (_, ending, expected) => {
    expect(exitCodeOf(ending)).toBe(expected)
  })
})

describe('exitCodeOfError', () => {
  const account = { attempted: 'It did not work' }
  it('follows the family', () => {
    expect(exitCodeOfError(new RunbookFailed('X', account))).toBe(1)
    expect(exitCodeOfError(new HarnessMisused('X', account))).toBe(2)
    expect(exitCodeOfError(new LabBroken('X', account))).toBe(3)
    expect(exitCodeOfError(new TypeError('a fault of ours'))).toBe(3)
  })
})

describe('readable', () => {
  it('leaves out the stack of our own errors only', () => {
    expect(readable(new LabBroken('X', { attempted: 'No engine', next: 'Start one' }))).toBe(
      'No engine\n  next      Start one',
    )
    expect(readable(new TypeError('ours'))).toContain('exit-code.test.ts')
    expect(readable('text')).toBe('text')
  })
})
