import type { Report, Runbook } from '../model'
import { commandsIn, scenariosIn, scenariosOf } from '../report-parts'

/**
 * What the copy buttons copy, by address, for a `<script type="application/json">`. JSON keeps every byte that HTML
 * wouldn't (CRLF, NUL, trailing spaces); with `<` escaped nothing in it can end the element or begin a comment.
 *
 * @param only the one runbook whose commands are on the page; all of them unless told
 */
export function scriptBytes(report: Report, only?: Runbook): string {
  const scenarios = only ? scenariosIn(only) : scenariosOf(report)
  const scripts = scenarios.flatMap(commandsIn).map((command) => [command.address, command.script] as const)
  return JSON.stringify(Object.fromEntries(scripts)).replaceAll('<', '\\u003c')
}
