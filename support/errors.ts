/**
 * What a reader of a failure needs, in the order in which it is printed.
 * Every field but `attempted` is left out when there is nothing true to say.
 */
export interface Account {
  /** What was attempted and did not happen, as a sentence: "Job nats-backup did not complete". */
  readonly attempted: string
  readonly expected?: string
  readonly got?: string
  /** How long it took, in milliseconds. */
  readonly elapsedMs?: number
  /** The last state that was seen, as the system prints it. */
  readonly lastSeen?: string
  /** What the reader can do next, as a sentence. */
  readonly next?: string
  /** A command that can be pasted to look again. */
  readonly repeat?: string
}

/** The layout of every message: one headline, then aligned lines; a field of several lines is indented. */
export function describe(account: Account): string {
  const elapsed = account.elapsedMs === undefined ? undefined : `${(account.elapsedMs / 1000).toFixed(1)} s`
  const fields: ReadonlyArray<readonly [string, string | undefined]> = [
    ['expected', account.expected],
    ['got', account.got],
    ['after', elapsed],
    ['last seen', account.lastSeen],
    ['next', account.next],
    ['repeat', account.repeat],
  ]
  const lines = fields.flatMap(([label, text]) =>
    text === undefined
      ? []
      : [`  ${label.padEnd(10)}${text.trimEnd().replaceAll('\n', `\n${' '.repeat(12)}`)}`],
  )
  return [account.attempted, ...lines].join('\n')
}

/** An error that tells its reader what to do; which of the three families it is decides the verdict. */
abstract class Accountable extends Error {
  constructor(
    /** Stable name of the situation, e.g. `RBK_COMMAND_FAILED`. */
    readonly code: string,
    readonly account: Account,
    options?: ErrorOptions,
  ) {
    super(describe(account), options)
    this.name = new.target.name
  }
}

/** The runbook, a manifest or a script is wrong: the verdict is *failed*. */
export class RunbookFailed extends Accountable {}

/** The lab, or a fault in it, was not there, so nothing was learnt: the verdict is *inconclusive*. */
export class LabBroken extends Accountable {}

/** The harness was used wrongly (unknown tag, undefined step, nothing selected): the verdict is *misuse*. */
export class HarnessMisused extends Accountable {}

/** Whether what was thrown is an error of the system with this code, such as ENOENT. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
