import { type Account, RunbookFailed } from '../errors'
import type { Mask } from '../evidence/mask'
import type { FailedLine } from './account'
import { type CommandResult, textOf } from './command-result'
import { outputLimit } from './output'

/**
 * Whether a block worked as an operator would want it to: bash ended with 0, and so did each of its lines,
 * in time, without a flood, and with nothing left running.
 *
 * @param mask applied to all that the error shows
 * @returns undefined if it did; else the error to throw unless a step claims the failure
 */
export function failureOf(result: CommandResult, mask: Mask): RunbookFailed | undefined {
  const failure = kindOf(result)
  if (!failure) return undefined
  const lastSeen = lastLines(textOf(result))
  const account: Account = {
    expected: 'exit code 0 from every line, and nothing left running',
    elapsedMs: result.durationMs,
    lastSeen: lastSeen || 'no output',
    repeat: result.script,
    ...failure,
  }
  const masked = Object.entries(account).map(([key, value]) => [
    key,
    typeof value === 'string' ? mask.text(value) : value,
  ])
  return new RunbookFailed(failure.code, Object.fromEntries(masked) as Account)
}

function kindOf(
  result: CommandResult,
): (Pick<Account, 'attempted'> & Partial<Account> & { code: string }) | undefined {
  if (result.timedOut) {
    return {
      code: 'RBK_COMMAND_DEADLINE',
      attempted: 'The command block did not end in time and was killed, with all it had started',
      expected: `an end within ${result.deadlineMs / 1000} s`,
      next: 'See at the end of its output what it waited for. A command that follows or prompts needs an end of its own.',
    }
  }
  if (result.flooded) {
    return {
      code: 'RBK_COMMAND_FLOOD',
      attempted: 'The command block printed without end and was killed',
      expected: `at most ${outputLimit / 1024 / 1024} MiB of output`,
      next: 'Print less, or send it to a file and show its end.',
    }
  }
  if (result.signal !== null) {
    return {
      code: 'RBK_COMMAND_SIGNAL',
      attempted: 'The command block was ended by a signal',
      got: result.signal,
    }
  }
  if (result.exitCode !== 0) {
    return {
      code: 'RBK_COMMAND_FAILED',
      attempted: `The command block failed with exit code ${result.exitCode}`,
      ...(result.failedLines.length > 0 && { got: result.failedLines.map(lineOf).join('\n') }),
    }
  }
  if (result.failedLines.length > 0) {
    return {
      code: 'RBK_COMMAND_LINE_FAILED',
      attempted: 'A line of the command block failed, and the block went on to exit code 0',
      got: result.failedLines.map(lineOf).join('\n'),
      next: 'Mend the line. If its failure is right, claim it in a step, or say in the block what then: `if`, `||`.',
    }
  }
  if (result.leftRunning.length > 0) {
    return {
      code: 'RBK_COMMAND_LEFT_RUNNING',
      attempted: 'The command block ended and left processes running; they were killed',
      got: result.leftRunning.join('\n'),
      next: 'End them in the block: `kill %1`, or `trap "kill %1" EXIT` right after starting them.',
    }
  }
  return undefined
}

function lineOf({ line, exitCode, command }: FailedLine): string {
  return `line ${line}, exit code ${exitCode}: ${command}`
}

function lastLines(text: string): string {
  return text.slice(-4000).trimEnd().split('\n').slice(-15).join('\n')
}
