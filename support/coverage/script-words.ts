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

/** The message that was printed: of those that it could be, the one with the most words of its own, or all that have these. */
function messagesOf(said: Said, messages: readonly ScriptMessage[]): ScriptMessage[] {
  const possible = messages.flatMap((message) => {
    const own = ownWords(said, message)
    return own === undefined ? [] : [{ message, own }]
  })
  const most = Math.max(...possible.map(({ own }) => own))
  return possible.flatMap(({ message, own }) => (own === most ? [message] : []))
}

/** How much of what was printed is the message's own; undefined when it can't be this one. */
function ownWords({ program, text, why, next }: Said, message: ScriptMessage): number | undefined {
  if (program !== undefined && message.program !== undefined && program !== message.program) return undefined
  const pairs = [
    [text, message.fixed],
    [why, message.why],
    [next, message.next],
  ] as const
  const own = pairs.map(([words, fixed]) => {
    // What isn't printed, or isn't known, speaks for no message and against none.
    if (words === undefined || fixed === undefined) return 0
    return new RegExp(`^${fixed.map(literal).join('.*')}$`).test(words) ? fixed.join('').length : undefined
  })
  return own.reduce((sum, each) => (sum === undefined || each === undefined ? undefined : sum + each), 0)
}

/** A failure that a command printed. */
interface Said {
  /** Which program says of itself that it failed; undefined for a check that names what is broken. */
  readonly program: string | undefined
  readonly text: string
  /** Undefined where the command shows the first line alone. */
  readonly why: string | undefined
  readonly next: string | undefined
}

/** As `fail` prints it, and a check that reports what failed; a line may begin with the name of its pod. */
function failuresIn(printed: string): Said[] {
  const failures = printed.matchAll(
    /(?:\b(backup|backup-status|restore) failed: |: BROKEN, )(.*)(?:\n.*? why: (.*)(?:\n.*? next: (.*))?)?$/gm,
  )
  return [...failures].map(([, program, text = '', why, next]) => ({ program, text, why, next }))
}

/** All that the commands of a report printed. */
export function printedIn(report: Report): string {
  const runs = scenariosOf(report).flatMap((scenario) => commandsIn(scenario).flatMap(({ ran }) => ran ?? []))
  return runs.flatMap(({ output }) => output.map(({ text }) => text).join('')).join('\n')
}
