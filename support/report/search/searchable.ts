import type { Report, ScenarioReport } from '../model'
import { scenariosOf } from '../plain-text'
import type { Searchable } from './nearest'

/** The procedures of a report, as `nearestTo` finds them. */
export function searchables(report: Report): Searchable[] {
  return scenariosOf(report).map((scenario) => ({
    address: scenario.address,
    title: scenario.title,
    prose: scenario.prose,
    output: outputOf(scenario),
  }))
}

/** What the commands printed: in this run, or else when the procedure last worked. */
function outputOf({ steps, past }: ScenarioReport): string {
  const printed = steps.flatMap(({ commands }) =>
    commands.flatMap(({ ran }) => ran?.output.map(({ text }) => text).join('') ?? []),
  )
  return (printed.length > 0 ? printed : (past?.green?.outputs ?? [])).join('\n')
}
