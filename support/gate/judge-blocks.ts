import type { CommandRun } from '../report/attachment'
import { commandsOf, endedWell, howItEnded, isAsPublished } from '../report/commands'
import { firstCommand } from '../report/first-command'
import type { Attempt, AttemptStep } from '../report/record'
import type { Judgement } from './verdict'

/** What is wrong with the commands of steps: a published block that never ran, or not as it is published; an exit that nobody claims. */
export function judgeBlocks(attempt: Attempt, steps: readonly AttemptStep[]): Judgement[] {
  return steps.flatMap((step): Judgement[] => {
    const commands = commandsOf(attempt, step)
    const block = step.pickleStep?.argument?.docString
    const misuse = block && (block.mediaType === 'bash' ? unfaithful : untyped)(block.content, commands)
    return [...(misuse ? [misuse] : []), ...commands.flatMap(unclaimed)]
  })
}

function unfaithful(published: string, commands: readonly CommandRun[]): Judgement | undefined {
  if (commands.length === 0) {
    return {
      verdict: 'misuse',
      code: 'RBK_BLOCK_NEVER_RAN',
      message: `A published block never ran: ${firstCommand(published)}`,
    }
  }
  if (commands.some((command) => isAsPublished(command, published))) return undefined
  return {
    verdict: 'misuse',
    code: 'RBK_NOT_VERBATIM',
    message: `What ran is not, byte for byte, what is published: ${firstCommand(published)}`,
  }
}

/** What isn't typed as a block is published as a note, without a button that copies it, and no rule has looked at it. */
function untyped(published: string, commands: readonly CommandRun[]): Judgement | undefined {
  if (commands.length === 0) return undefined
  return {
    verdict: 'misuse',
    code: 'RBK_BLOCK_UNTYPED',
    message: `What ran is not published as a command: its doc string has to begin with """bash: ${firstCommand(published)}`,
  }
}

function unclaimed(command: CommandRun): Judgement[] {
  if (endedWell(command)) return []
  const message = `No step claims how the command ended (${howItEnded(command)}): ${firstCommand(command.script)}`
  return [{ verdict: 'failed', code: 'RBK_UNCLAIMED_EXIT', message }]
}
