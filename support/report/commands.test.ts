import { describe, expect, it } from 'vitest'
import type { CommandRun } from './attachment'
import { endedWell, howItEnded } from './commands'

const worked: CommandRun = {
  script: 'first\nsecond\n',
  sha256: '',
  exitCode: 0,
  signal: null,
  startedAt: '2026-11-27T02:00:00Z',
  durationMs: 10,
  deadlineMs: 180_000,
  timedOut: false,
  expectedFailure: false,
  output: [],
  omittedBytes: 0,
}
const failed = (line: number, depth = 0) => ({ line, exitCode: 6, depth, command: 'x' })

describe('a block', () => {
  it.each<[string, Partial<CommandRun>, boolean, string]>([
    ['that worked', {}, true, 'exit 0'],
    ['that failed', { exitCode: 6 }, false, 'exit 6'],
    ['that failed in the middle', { failedLines: [failed(1)] }, false, 'exit 0, but line 1 failed with 6'],
    [
      'that failed as claimed',
      { exitCode: 6, expectedFailure: true, failedLines: [failed(2)] },
      true,
      'exit 6, as it should',
    ],
    [
      'that failed as claimed, in a subshell where more than one command did',
      { exitCode: 6, expectedFailure: true, failedLines: [failed(1, 1), failed(1, 2), failed(2)] },
      true,
      'exit 6, as it should',
    ],
    [
      'that failed as claimed, and before that',
      { exitCode: 6, expectedFailure: true, failedLines: [failed(1), failed(2)] },
      false,
      'exit 6, but line 1 failed before with 6',
    ],
  ])('%s', (_, ended, isWell, words) => {
    expect(endedWell({ ...worked, ...ended })).toBe(isWell)
    expect(howItEnded({ ...worked, ...ended })).toBe(words)
  })
})
