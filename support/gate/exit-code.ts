import { HarnessMisused, messageOf, RunbookFailed } from '../errors'
import { exitCodes } from './verdict'

/** What is known of a run when its process ends. */
export interface Ending {
  /** The code the process was about to end with. */
  readonly given: number
  /** Whether the run began: everything was loaded and selected, and the first scenario was about to start. */
  readonly began: boolean
  /** The exit code of the run's verdict; undefined until the run is finished. */
  readonly judged?: number
  /** What cucumber said of the run when it finished; false also for one in which only known defects failed. */
  readonly succeeded?: boolean
  /** What the run has shown could not be written down. */
  readonly isUnwritten?: boolean
}

/**
 * The exit code of a run. Cucumber itself knows only 0 and 1, and says 0 where nothing was shown.
 *
 * A signal's code (128 and up) stays, also behind a verdict: the report may not have been written. Before a verdict, 2 and 3
 * were chosen on purpose and stay; else a run that never began was asked for wrongly, and one that never finished showed
 * nothing. After a verdict the verdict is the answer, unless something broke after a green one: a report that couldn't be
 * written is no proof.
 */
export function exitCodeOf({ given, began, judged, succeeded, isUnwritten = false }: Ending): number {
  if (given >= 128) return given
  if (judged === undefined) {
    const onPurpose = given === exitCodes.misuse || given === exitCodes.inconclusive
    return onPurpose ? given : began ? exitCodes.inconclusive : exitCodes.misuse
  }
  const brokeAfterwards = judged === exitCodes.passed && given !== 0 && (succeeded === true || isUnwritten)
  return brokeAfterwards ? exitCodes.inconclusive : judged
}

/**
 * Has this process end with the run's exit code, however it ends: by itself, by cucumber's `process.exit(1)`
 * after an error, with `--exit`. The listener is the last to speak, so plain `cucumber-js` gives the codes too.
 *
 * @param ending asked at the very end
 */
export function holdExitCode(ending: () => Omit<Ending, 'given'>): void {
  process.once('exit', (given) => {
    process.exitCode = exitCodeOf({ given, isUnwritten: unwritten, ...ending() })
  })
}

let unwritten = false

/** The report could not be written: to cucumber that is a failure like that of a known defect, which is green. */
export function reportIsUnwritten(): void {
  unwritten = true
}

/** The exit code that goes with something that was thrown; what is of none of the three families showed nothing. */
export function exitCodeOfError(thrown: unknown): number {
  if (thrown instanceof RunbookFailed) return exitCodes.failed
  return thrown instanceof HarnessMisused ? exitCodes.misuse : exitCodes.inconclusive
}

/**
 * Ends the process, with a message a person can read.
 *
 * @param error one of support/errors.ts; anything else is a fault in the harness and keeps its stack
 */
export function endWith(error: unknown): never {
  process.stderr.write(`\n${readable(error)}\n\n`)
  process.exit(exitCodeOfError(error))
}

/** What to print of something that was thrown: the account of our own errors, with the stack for any other. */
export function readable(thrown: unknown): string {
  const ours = thrown instanceof Error && 'account' in thrown
  return thrown instanceof Error && !ours ? (thrown.stack ?? thrown.message) : messageOf(thrown)
}
