import type { Command, Report, Runbook, ScenarioReport } from './model'

/** Every runbook of a report, in the order of the page. */
export function runbooksOf({ systems }: Pick<Report, 'systems'>): Runbook[] {
  return systems.flatMap((system) => system.runbooks)
}

/** Every scenario of a report, in the order of the page. */
export function scenariosOf(report: Pick<Report, 'systems'>): ScenarioReport[] {
  return runbooksOf(report).flatMap(scenariosIn)
}

/** Every scenario of a runbook, in the order of the page. */
export function scenariosIn({ sections }: Pick<Runbook, 'sections'>): ScenarioReport[] {
  return sections.flatMap((section) => section.scenarios)
}

/** Every command block of a scenario, in its order. */
export function commandsIn({ steps }: Pick<ScenarioReport, 'steps'>): Command[] {
  return steps.flatMap((step) => step.commands)
}
