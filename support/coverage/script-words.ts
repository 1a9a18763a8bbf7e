import type { Report } from '../report/model'
import { commandsIn, scenariosOf } from '../report/report-parts'
import type { Published } from './published'
import { exitsIn, messagesIn } from './script-texts'

/**
 * Every message and every exit code of the scripts. One is shown when a command of the run printed it.
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
  return [
    ...exitsIn(scripts).map(({ at, code, cause }) =>
      published(`exit code ${code} (${cause})`, at, printed.includes(`exit: ${code} (${cause})`)),
    ),
    ...messagesIn(scripts).map(({ at, text, pattern }) =>
      published(`message ${text}`, at, pattern.test(printed)),
    ),
  ]
}

/** All that the commands of a report printed. */
export function printedIn(report: Report): string {
  const runs = scenariosOf(report).flatMap((scenario) => commandsIn(scenario).flatMap(({ ran }) => ran ?? []))
  return runs.flatMap(({ output }) => output.map(({ text }) => text).join('')).join('\n')
}
