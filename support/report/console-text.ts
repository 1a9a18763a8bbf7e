import { styleText } from 'node:util'
import type { RunJudgement } from '../gate/judge'
import type { Judgement, Verdict } from '../gate/verdict'
import type { CommandRun } from './attachment'
import { endedWell } from './commands'
import { spoken } from './duration'
import { firstCommand } from './first-command'
import { endingOf } from './plain-text'
import { countsOf, sentenceOf } from './sentence'
import { firstLine, visibleOutput, visibleScript } from './visible-text'

type Style = Parameters<typeof styleText>[0]

/** Colours a text, or leaves it plain where nobody sees colours. */
export type Paint = (style: Style, text: string) => string

/** @param colours whether the output is a terminal that wants them */
export function painter(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text)
}

const marks: Readonly<Record<Verdict, readonly [mark: string, style: Style]>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  misuse: ['!', 'yellow'],
  inconclusive: ['?', 'yellow'],
  'known defect': ['◇', 'yellow'],
}

/** "$ kubectl apply -f … (+2 lines) ok 0.9 s". */
export function commandLine(run: CommandRun, paint: Paint): string {
  const script = visibleScript(run.script).trimEnd()
  const first = firstCommand(script)
  const more = script.split('\n').length - 1
  const shown = first.length > 76 ? `${first.slice(0, 75)}…` : first
  const rest = more > 0 ? paint('dim', ` (+${more} ${more === 1 ? 'line' : 'lines'})`) : ''
  return `${paint('dim', '$')} ${shown}${rest}  ${commandEnding(run, paint)}`
}

/** What a command printed, indented behind a bar. */
export function outputLines(run: CommandRun): string {
  const text = visibleOutput(run.output.map((part) => part.text).join('')).trimEnd()
  return text === '' ? '' : `${indented(text, '      │ ')}\n`
}

/** How a scenario ended, with all there is to say when it isn't green. */
export function endingLines(judgement: Judgement, ms: number, where: string, paint: Paint): string {
  const [mark, style] = marks[judgement.verdict]
  if (judgement.verdict === 'passed') return `    ${paint(style, mark)} ${paint('dim', spoken(ms))}\n`
  const message = visibleOutput(judgement.message ?? '').trimEnd()
  const headline = `    ${paint(style, `${mark} ${judgement.verdict}`)} ${paint('dim', `after ${spoken(ms)}`)}`
  // As expected: what it looked like is in the report.
  if (judgement.verdict === 'known defect') return `${headline}${paint('dim', `: ${firstLine(message)}`)}\n`
  return `${[headline, indented(message, '      '), paint('dim', `      ${where}`)].join('\n')}\n`
}

/** The last words of a run. */
export function finalLines(run: RunJudgement, ms: number | undefined, report: string, paint: Paint): string {
  const [, style] = marks[run.verdict]
  const elsewhere = run.reasons.filter((reason) => reason.scenario === undefined)
  const red = run.reasons.filter(
    (reason) => reason.scenario !== undefined && reason.verdict !== 'known defect',
  )
  const took = ms === undefined ? '' : ` in ${spoken(ms)}`
  return `${[
    '',
    `${paint([style, 'bold'].flat() as Style, run.verdict.toUpperCase())}  ${sentenceOf(run)}: ${countsOf(run.counts)}${took}.`,
    ...elsewhere.map((reason) =>
      indented(visibleOutput(`${reason.where ?? ''} ${reason.message ?? ''}`.trim()), '  '),
    ),
    ...red.map(({ verdict, scenario, where }) => {
      const [mark, colour] = marks[verdict]
      return `  ${paint(colour, mark)} ${scenario}  ${paint('dim', where ?? '')}`
    }),
    `Report: ${report}`,
  ].join('\n')}\n`
}

function commandEnding(run: CommandRun, paint: Paint): string {
  if (!endedWell(run)) return paint('red', endingOf(run))
  return paint('dim', run.exitCode === 0 ? `ok ${spoken(run.durationMs)}` : endingOf(run))
}

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n')
}
