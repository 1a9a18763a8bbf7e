import type { Scenario } from '@cucumber/messages'
import { found, type LintFinding } from './finding'
import type { Page } from './page'
import { repeated } from './repeated'

/** Scenarios that could only be green by accident, that would not run as they are written, or that have no name. */
export function scenarioFindings({ uri, scenarios }: Page): LintFinding[] {
  return [...scenarios.flatMap((scenario) => ofScenario(scenario, uri)), ...sharedTitles(scenarios, uri)]
}

function ofScenario(scenario: Scenario, uri: string): LintFinding[] {
  const findings: LintFinding[] = []
  const here = { uri, line: scenario.location.line }
  if (scenario.name.trim() === '')
    findings.push(found('titles', here, 'a scenario without a title', 'name it'))
  if (scenario.steps.length === 0) {
    const what = `"${scenario.name}" has no steps, so it would prove nothing`
    findings.push(found('empty', here, what, 'write its steps'))
  }
  for (const examples of scenario.examples.filter(({ tableBody }) => tableBody.length === 0)) {
    const spot = { uri, line: examples.location.line }
    const mend = 'write a row, or remove the outline'
    findings.push(found('empty', spot, 'Examples without a row: nothing would run', mend))
  }
  const block = scenario.steps.find(({ docString }) => docString?.mediaType === 'bash')?.docString
  if (block && scenario.examples.length > 0) {
    const what =
      'a command block in a Scenario Outline: <words> in it would be replaced, and a block runs byte for byte'
    const spot = { uri, line: block.location.line }
    findings.push(found('outline', spot, what, 'write one Scenario for each example'))
  }
  return findings
}

/** The title is how a scenario is named in a chat, in JUnit and in the history. */
function sharedTitles(scenarios: readonly Scenario[], uri: string): LintFinding[] {
  const titled = scenarios.filter(({ name }) => name.trim() !== '')
  return repeated(titled, ({ name }) => name.trim().toLowerCase()).map(([first, again]) => {
    const what = `"${again.name}" is the title of line ${first.location.line} already`
    return found('titles', { uri, line: again.location.line }, what, 'give it its own')
  })
}
