import { literal } from '../literal'
import type { Report } from '../report/model'
import { commandsIn, scenariosOf } from '../report/report-parts'
import type { Published } from './published'
import { exitsIn, messagesIn, type ScriptMessage } from './script-texts'

/**
 * Every message and every exit code of the scripts. One is shown when a command of the run printed it. What could be the
 * words of several messages shows that one alone of which it holds the most.
 *
 * @param scripts text by path
 * @param printed all that the run's commands printed
 */
export function scriptWords(scripts: ReadonlyMap<string, string>, printed: string): Published[] {
  const published = (what: string, at: string, isShown: boolean): Published => ({
    what,
    at,
    ...(isShown ? {} : { gap: 'no command of the last run printed it' }),
  })
  const messages = messagesIn(scripts)
  const shown = new Set(failuresIn(printed).flatMap((line) => messagesOf(line, messages)))
  return [
    ...exitsIn(scripts).map(({ at, code, cause }) =>
      published(`exit code ${code} (${cause})`, at, printed.includes(`exit: ${code} (${cause})`)),
    ),
    ...messages.map((message) => published(`message ${message.text}`, message.at, shown.has(message))),
  ]
}

/** The message that a line is: of those that it could be, the one with the most words of its own, or all that have these. */
function messagesOf(line: Said, messages: readonly ScriptMessage[]): ScriptMessage[] {
  const own = ({ fixed }: ScriptMessage) => fixed.join('').length
  const possible = messages.filter((message) => couldBe(line, message))
  const most = Math.max(...possible.map(own))
  return possible.filter((message) => own(message) === most)
}

function couldBe({ program, text }: Said, message: ScriptMessage): boolean {
  if (program !== undefined && message.program !== undefined && program !== message.program) return false
  return new RegExp(`^${message.fixed.map(literal).join('.*')}$`).test(text)
}

/** A failure that a command printed. */
interface Said {
  /** Which program says of itself that it failed; undefined for a check that names what is broken. */
  readonly program: string | undefined
  readonly text: string
}

/** As `fail` prints it, and a check that reports what failed; a line may begin with the name of its pod. */
function failuresIn(printed: string): Said[] {
  const lines = printed.matchAll(/(?:\b(backup|backup-status|restore) failed: |: BROKEN, )(.*)$/gm)
  return [...lines].map(([, program, text = '']) => ({ program, text }))
}

/** All that the commands of a report printed. */
export function printedIn(report: Report): string {
  const runs = scenariosOf(report).flatMap((scenario) => commandsIn(scenario).flatMap(({ ran }) => ran ?? []))
  return runs.flatMap(({ output }) => output.map(({ text }) => text).join('')).join('\n')
}
