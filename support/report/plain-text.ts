import type { Reason } from '../gate/judge'
import type { CommandRun } from './attachment'
import { howItEnded } from './commands'
import { spoken } from './duration'
import type { Report, ScenarioReport, Step } from './model'

/** Reasons that aren't about one scenario. */
export function reasonsElsewhere({ run }: Report): Reason[] {
  return run.reasons.filter((reason) => reason.scenario === undefined)
}

/** What a reader of a failure needs, without a page: message, commands with their output, evidence. */
export function accountOf(scenario: ScenarioReport): string {
  const messages = scenario.steps.flatMap((step) => (step.status === 'failed' ? (step.message ?? []) : []))
  const said = scenario.message === undefined || messages.includes(scenario.message) ? [] : [scenario.message]
  return [...said, ...messages, ...scenario.steps.flatMap(stepText)].join('\n\n')
}

/** A command as in a terminal: the bytes, what came of it, and what it printed. */
export function commandText(ran: CommandRun): string {
  const lines = ran.output.map((part) => part.text).join('')
  const whole = ran.fullOutput ? `\n(whole output: ${ran.fullOutput})` : ''
  return `$ ${ran.script}\n${endingOf(ran)}\n${lines}${whole}`.trimEnd()
}

/** "exit 1 after 12 s". */
export function endingOf(ran: CommandRun): string {
  return `${howItEnded(ran)} after ${spoken(ran.durationMs)}`
}

/** The last lines of a text. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

function stepText(step: Step): string[] {
  const commands = step.commands.flatMap(({ ran }) => (ran ? [commandText(ran)] : []))
  const evidence = step.evidence.flatMap((each) =>
    each.items.map((item) => `${each.title}: ${item.name}\n${item.text.trimEnd()}`),
  )
  return [...commands, ...evidence]
}
