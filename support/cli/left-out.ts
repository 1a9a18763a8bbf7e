import { relative } from 'node:path'

/** What vitest's JSON reporter writes, as far as it's used. */
export interface VitestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: ReadonlyArray<{
    readonly name: string
    readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>
  }>
}

/**
 * Tests that neither passed nor failed: skipped, to do, or left out by themselves because the machine or the lab lacks
 * something. A run that is to gate has shown nothing by them.
 *
 * @param checkout from which the files are named
 * @returns a line for each
 */
export function leftOut({ testResults }: VitestResults, checkout: string): string[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => `${relative(checkout, name)}: ${fullName}`),
  )
}
