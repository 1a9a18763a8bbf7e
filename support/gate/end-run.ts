import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../errors'
import { paths } from '../lab/home'
import type { GateFile } from '../report/gate-file'
import { fenced } from '../report/github-markdown'
import { endWith, exitCodeOfError } from './exit-code'
import { exitCodes, type Judgement, type Verdict } from './verdict'

const file = join(paths.reports, 'gate.json')
const summary = join(paths.reports, 'summary.md')

/**
 * Ends a run before its scenarios start, for what a plugin finds. An error that a plugin throws would be wrapped by
 * cucumber and printed with three stacks; this prints its account alone. gate.json and summary.md tell it too: an
 * earlier run's verdict must not be taken for this one's.
 *
 * @param error one of support/errors.ts; anything else is a fault in the harness and keeps its stack
 */
export function endRun(error: unknown): never {
  const exitCode = exitCodeOfError(error)
  const verdict: Verdict =
    exitCode === exitCodes.misuse ? 'misuse' : exitCode === exitCodes.failed ? 'failed' : 'inconclusive'
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'RBK_HARNESS'
  write({ verdict, code, message: messageOf(error) })
  return endWith(error)
}

/**
 * Ends a run that has nothing to show: what was changed can't have broken anything, or its share of the scenarios is empty.
 * It's the one green without a scenario, so gate.json says why it is one.
 */
export function endGreenWithoutRun(code: string, message: string): never {
  write({ verdict: 'passed', code, message })
  process.stdout.write(`${message}\n`)
  process.exit(exitCodes.passed)
}

/**
 * Removes gate.json if it is older than a run that ends without a verdict (an error in cucumber, Ctrl-C).
 *
 * @param sinceMs when the run began, as `Date.now()` tells it
 */
export function forgetVerdictBefore(sinceMs: number): void {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (written !== undefined && written < sinceMs) rmSync(file)
}

function write(reason: Judgement): void {
  mkdirSync(paths.reports, { recursive: true })
  writeFileSync(file, `${JSON.stringify(gateFileOf(reason), null, 2)}\n`)
  writeFileSync(summary, `## Runbooks: ${reason.verdict}\n\n${fenced(reason.message ?? '')}\n`)
}

function gateFileOf(reason: Judgement): GateFile {
  const { verdict } = reason
  return {
    verdict,
    exitCode: exitCodes[verdict],
    counts: { passed: 0, failed: 0, misuse: 0, inconclusive: 0, 'known defect': 0, total: 0, flaky: 0 },
    reasons: [reason],
    scenarios: [],
    startedAt: null,
    finishedAt: new Date().toISOString(),
    versions: [],
  }
}
