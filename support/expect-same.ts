import { RunbookFailed } from './errors'

/**
 * Holds what was found against what the page promises, as a whole.
 *
 * @param attempted what didn't happen when they differ, as a sentence
 * @param repeat    a command with which an operator looks again
 * @throws RunbookFailed with both when they differ
 */
export function expectSame(attempted: string, expected: unknown, got: unknown, repeat: string): void {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  if (text(expected) === text(got)) return
  throw new RunbookFailed('RBK_DIFFERS', { attempted, expected: text(expected), got: text(got), repeat })
}
