import { createHash } from 'node:crypto'
import type { CommandRun, Fault } from './attachment'
import type { Attempt, AttemptStep } from './record'

/**
 * The commands of a step. A block is attached again when a later step claims its exit, so a later attachment
 * of the same run of the same bytes, wherever in the attempt it is, takes the place of the first.
 */
export function commandsOf(attempt: Attempt, step: AttemptStep): CommandRun[] {
  const latest = new Map<string, CommandRun>()
  const first = new Map<string, AttemptStep>()
  for (const each of attempt.steps) {
    for (const attached of each.attached) {
      if (attached.kind !== 'command') continue
      const key = runOf(attached.value)
      latest.set(key, attached.value)
      if (!first.has(key)) first.set(key, each)
    }
  }
  return [...latest].flatMap(([key, command]) => (first.get(key) === step ? [command] : []))
}

/** Whether what ran is, byte for byte, what is published: the digest is of the bytes, before any masking. */
export function isAsPublished(command: CommandRun, published: string): boolean {
  return command.sha256 === createHash('sha256').update(published).digest('hex')
}

/**
 * Whether it ended as it should, or a step claims that it didn't. A claim covers one line that fails, not one before it, nor a
 * command that hung, nor what it left running.
 */
export function endedWell(command: CommandRun): boolean {
  const { failedLines = [], leftRunning = [] } = command
  if (command.timedOut || command.flooded || command.exitCode === null || leftRunning.length > 0) return false
  // What fails within a subshell or a function is that line's own affair: it fails by it, or goes on.
  if (command.expectedFailure) return failedLines.filter(({ depth }) => depth === 0).length <= 1
  return command.exitCode === 0 && failedLines.length === 0
}

/** How it ended: "exit 1", "killed at its deadline". */
export function howItEnded(command: CommandRun): string {
  const { timedOut, flooded, exitCode, signal, failedLines = [], leftRunning = [] } = command
  if (timedOut) return 'killed at its deadline'
  if (flooded) return 'killed for printing without end'
  if (exitCode === null) return `ended by ${signal ?? 'a signal'}`
  if (command.expectedFailure && exitCode !== 0 && endedWell(command)) return `exit ${exitCode}, as it should`
  const [line] = failedLines
  if (command.expectedFailure && line && leftRunning.length === 0)
    return `exit ${exitCode}, but line ${line.line} failed before with ${line.exitCode}`
  if (exitCode === 0 && line) return `exit 0, but line ${line.line} failed with ${line.exitCode}`
  return leftRunning.length > 0 ? `exit ${exitCode}, but left processes running` : `exit ${exitCode}`
}

/** What it printed, with a mark where the harness has left the middle out. */
export function markedOutput(
  { output, omittedBefore, omittedBytes }: CommandRun,
  mark: string,
): CommandRun['output'] {
  if (omittedBefore === undefined || omittedBytes === 0) return output
  return [...output.slice(0, omittedBefore), { stream: 'stdout', text: mark }, ...output.slice(omittedBefore)]
}

/** The faults of an attempt, each in the last state that was attached. */
export function faultsOf(attempt: Attempt): Fault[] {
  const faults = attempt.steps.flatMap((step) =>
    step.attached.flatMap((a) => (a.kind === 'fault' ? [a.value] : [])),
  )
  return [...new Map(faults.map((fault) => [fault.name, fault])).values()]
}

function runOf(command: CommandRun): string {
  return JSON.stringify([command.sha256, command.exitCode, command.durationMs])
}
