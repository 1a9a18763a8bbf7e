import type { FailedLine } from './account'
import type { Stream } from './frames'
import type { Chunk } from './output'

/** What came of running a command block. A failure is data; `failureOf` says whether it is one. */
export interface CommandResult {
  /** The bytes that ran. */
  readonly script: string
  /** Of those bytes, in hexadecimal. */
  readonly sha256: string
  /** Of bash, which is that of the last command; null when a signal ended it. */
  readonly exitCode: number | null
  /** As `SIGTERM`; null when bash exited. */
  readonly signal: string | null
  readonly startedAt: Date
  readonly durationMs: number
  readonly deadlineMs: number
  /** Whether the deadline passed and the block was killed; the output so far is kept. */
  readonly timedOut: boolean
  /** Whether the block printed more than can be compared, and was killed for it. */
  readonly flooded: boolean
  /**
   * Everything it printed. Within a stream the order is the block's. Between the two it is the order in
   * which the engine read them: two pipes keep no common clock, so lines written within the same
   * millisecond may change places.
   */
  readonly output: readonly Chunk[]
  /** Commands that failed while the block went on (bash's ERR trap: none behind `if`, `||`, `&&`, `!`). */
  readonly failedLines: readonly FailedLine[]
  /** Command lines of processes that outlived the block. They were killed. */
  readonly leftRunning: readonly string[]
}

/** What a block printed, complete: on one stream, or on both in order. */
export function textOf(result: Pick<CommandResult, 'output'>, stream?: Stream): string {
  return result.output
    .filter((chunk) => stream === undefined || chunk.stream === stream)
    .map((chunk) => chunk.text)
    .join('')
}
