import type { Report } from '../report/model'
import { commandsIn, scenariosOf } from '../report/report-parts'
import type { Gap } from './gap'
import { exitsIn, messagesIn } from './script-texts'

/**
 * Messages and exit codes of the scripts that nobody has seen: no command of the run printed them.
 *
 * @param scripts text by path
 * @param printed all that the run's commands printed
 */
export function scriptGaps(scripts: ReadonlyMap<string, string>, printed: string): Gap[] {
  const unseen = 'no command of the last run printed it'
  return [
    ...exitsIn(scripts)
      .filter(({ code, cause }) => !printed.includes(`exit: ${code} (${cause})`))
      .map(({ at, code, cause }) => ({ what: `exit code ${code} (${cause})`, at, why: unseen })),
    ...messagesIn(scripts)
      .filter(({ pattern }) => !pattern.test(printed))
      .map(({ at, text }) => ({ what: `message ${text}`, at, why: unseen })),
  ]
}

/** All that the commands of a report printed. */
export function printedIn(report: Report): string {
  const runs = scenariosOf(report).flatMap((scenario) => commandsIn(scenario).flatMap(({ ran }) => ran ?? []))
  return runs.flatMap(({ output }) => output.map(({ text }) => text).join('')).join('\n')
}
