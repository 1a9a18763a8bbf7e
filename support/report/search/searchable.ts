import { isExhibit } from '../exhibit'
import { procedureOf } from '../expectation'
import type { Report, Runbook, ScenarioReport } from '../model'
import { commandsIn, runbooksOf, scenariosIn } from '../report-parts'
import type { Searchable } from './nearest'

/** The runbooks of a report and their procedures, as `nearestTo` finds them; not those that only show what is wrong. */
export function searchables(report: Report): Searchable[] {
  return runbooksOf(report)
    .filter((runbook) => !isExhibit(runbook))
    .flatMap((runbook) => [ofRunbook(runbook), ...scenariosIn(runbook).map(ofProcedure)])
}

function ofRunbook({ address, title, prose, sections }: Runbook): Searchable {
  const said = [
    ...prose.fields.map(({ text }) => text),
    prose.rest,
    ...sections.map((section) => section.prose),
  ]
  return { address, title, prose: said.join('\n'), commands: '', output: '' }
}

function ofProcedure(scenario: ScenarioReport): Searchable {
  const expected = procedureOf(scenario).parts.flatMap((part) => part.expected)
  const failure = scenario.state === 'passed' ? [] : [scenario.message ?? '']
  return {
    address: scenario.address,
    title: scenario.title,
    prose: scenario.prose,
    commands: commandsIn(scenario)
      .map(({ script }) => script)
      .join('\n'),
    output: [...outputsOf(scenario), ...expected.map(({ text }) => text), ...failure].join('\n'),
  }
}

/** What the commands printed: in this run, or else when the procedure last worked. */
function outputsOf(scenario: ScenarioReport): readonly string[] {
  const printed = commandsIn(scenario).flatMap(
    ({ ran }) => ran?.output.map(({ text }) => text).join('') ?? [],
  )
  return printed.length > 0 ? printed : (scenario.past?.green?.outputs ?? [])
}
