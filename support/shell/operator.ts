import { HarnessMisused, RunbookFailed } from '../errors'
import type { Mask } from '../evidence/mask'
import { failureOf } from './command-failure'
import { type CommandResult, textOf } from './command-result'
import { cutOffs, cutOffsMediaType } from './cut-off'
import { type CommandAttachment, commandMediaType, reportable } from './reportable'
import { runBlock } from './run-block'
import type { Toolbox } from './toolbox'

/** How long a command block may take with the lab's data, in milliseconds. */
export const blockDeadlineMs = 180_000

/** Puts something into the report at the step that is being run. */
export type Attach = (body: string, mediaType: string) => Promise<void> | void

/**
 * The operator of one scenario, who runs command blocks and reads what they print. A block that failed is an error,
 * unless the next step claims the failure: exit codes are nobody's to ignore.
 */
export class Operator {
  private last: CommandResult | undefined

  constructor(
    private readonly toolbox: Toolbox,
    private readonly mask: Mask,
    private readonly reports: string,
    private readonly attach: Attach,
    private readonly stream: ((text: string) => void) | undefined,
    /** How long a block may take, in milliseconds. */
    private readonly patienceMs = blockDeadlineMs,
  ) {}

  /**
   * The operator pastes the block as it is published, and it's put into the report with what it printed.
   *
   * @param script  the published bytes
   * @param claimed whether the next step expects it to fail
   * @param isInterruptible whether it's cut off between its commands first, and pasted again
   * @throws RunbookFailed when it failed and that isn't claimed
   */
  async run(script: string, claimed = false, isInterruptible = false): Promise<void> {
    if (isInterruptible) await this.cutOff(script)
    const printer = this.stream && this.mask.stream()
    const result = await runBlock(this.toolbox, script, {
      deadline: { name: 'the command block', ms: this.patienceMs },
      ...(printer && { onOutput: ({ text }) => this.stream?.(printer.push(text)) }),
    })
    if (printer) this.stream?.(printer.end())
    this.last = result
    const attachment: CommandAttachment = await reportable(result, this.mask, this.reports, claimed)
    await this.attach(JSON.stringify(attachment), commandMediaType)
    const failure = failureOf(result, this.mask)
    if (failure && !claimed) throw failure
    if (!failure && claimed) throw this.didNotFail()
  }

  /** Pastes the last block again. @throws RunbookFailed when it failed this time, HarnessMisused when none ran */
  async runAgain(): Promise<void> {
    this.printed()
    await this.run(this.last?.script ?? '')
  }

  /** The command ended with an error, as it should, and printed that. @throws RunbookFailed when it worked, or printed something else */
  failsWith(text: string): void {
    if (!failureOf(this.ran(), this.mask)) throw this.didNotFail()
    this.shows(text)
  }

  /** The command printed that, among other things. @throws RunbookFailed when the last block didn't */
  shows(text: string): void {
    const printed = this.printed()
    if (printed.includes(text)) return
    throw new RunbookFailed('RBK_OUTPUT', {
      attempted: 'The command printed something else than the runbook promises',
      expected: `a line with: ${text}`,
      got: this.mask.text(lastLines(printed)),
    })
  }

  /** The command printed that nowhere. @throws RunbookFailed when the last block did, HarnessMisused when none ran */
  showsNot(text: string): void {
    const printed = this.printed()
    if (!printed.includes(text)) return
    throw new RunbookFailed('RBK_OUTPUT', {
      attempted: 'The command printed what the runbook says it would not',
      expected: `nowhere: ${text}`,
      got: this.mask.text(lastLines(printed)),
    })
  }

  /** When the last block was started. @throws HarnessMisused when none ran */
  get lastStartedAt(): Date {
    return this.ran().startedAt
  }

  /** Everything the last block printed, unmasked. @throws HarnessMisused when none ran */
  printed(): string {
    return textOf(this.ran())
  }

  /**
   * Cuts the block off behind each of its commands, as by a connection that breaks, pasted from the top each time. What it
   * comes to when it's then run to its end is for the steps that follow.
   *
   * @throws RunbookFailed when it can't be pasted again, with the line behind which it was cut off
   */
  private async cutOff(script: string): Promise<void> {
    const beginnings = await cutOffs(this.toolbox, script)
    for (const beginning of beginnings) {
      const deadline = { name: 'a command block that is cut off', ms: this.patienceMs }
      const failure = failureOf(await runBlock(this.toolbox, beginning, { deadline }), this.mask)
      if (failure) {
        const attempted = `Cut off and pasted again from the top, the block failed. ${failure.account.attempted}`
        throw new RunbookFailed('RBK_NOT_AGAIN', { ...failure.account, attempted })
      }
    }
    const behindLines = beginnings.map((each) => each.split('\n').length - 1)
    await this.attach(JSON.stringify({ behindLines }), cutOffsMediaType)
  }

  private ran(): CommandResult {
    if (this.last) return this.last
    throw new HarnessMisused('RBK_NO_COMMAND', {
      attempted: 'A step looks at the output of a command, but none ran before it',
      next: 'Put "When the operator runs:" before it.',
    })
  }

  private didNotFail(): RunbookFailed {
    return new RunbookFailed('RBK_DID_NOT_FAIL', {
      attempted: 'The command was expected to fail, and did not',
      expected: 'an exit code other than 0',
      got: this.mask.text(lastLines(this.printed())),
    })
  }
}

function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n')
  return (lines.length > 25 ? ['(...)', ...lines.slice(-25)] : lines).join('\n') || '(nothing)'
}
