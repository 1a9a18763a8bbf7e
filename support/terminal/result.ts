import type { CommandRun } from '../report/attachment'
import { endedWell, markedOutput } from '../report/commands'
import { endingOf } from '../report/plain-text'
import { visibleOutput } from '../report/visible-text'
import type { PageOptions } from './page'

/** Of a longer output so many lines of its beginning and of its end are shown. */
const shown = 8

/** What a command printed in the last run, and how it ended. */
export function resultText(
  ran: CommandRun,
  address: string,
  { terminal: { paint }, full }: PageOptions,
): string {
  const printed = markedOutput(ran, `\n(… ${ran.omittedBytes} bytes left out)\n`)
  const text = visibleOutput(printed.map((part) => part.text).join('')).trimEnd()
  const lines = text === '' ? [] : text.split('\n')
  const ending = paint(
    endedWell(ran) ? 'dim' : 'red',
    `  In the last run: ${endingOf(ran)}${lines.length === 0 ? ', printed nothing' : ''}`,
  )
  const whole = ran.fullOutput ? [`  (the whole output: reports/${ran.fullOutput})`] : []
  return [ending, ...parts(lines, address, full).map((line) => paint('dim', `    ${line}`)), ...whole].join(
    '\n',
  )
}

function parts(lines: readonly string[], address: string, full: boolean): readonly string[] {
  // Leaving out a line or two would take as much room as showing them.
  if (full || lines.length <= 2 * shown + 2) return lines
  const left = lines.length - 2 * shown
  return [
    ...lines.slice(0, shown),
    `(… ${left} lines left out: npx runbook show ${address} --full)`,
    ...lines.slice(-shown),
  ]
}
