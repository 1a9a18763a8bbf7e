import type { Measure } from '../attachment'
import type { Command, Past, Report, ScenarioReport, Step } from '../model'
import { isGreen } from '../state'
import { changedLines } from './changed-lines'
import { digestOf, type History, type PastResult, type ProcedureHistory } from './history'
import { procedureText } from './procedure-text'
import { spreadOf } from './spread'

/**
 * A report with what earlier runs knew: when each procedure last worked and since when it doesn't, what has changed in
 * it since, and how long its commands usually take.
 *
 * @param historyNote what is to be said of the file that it was in
 */
export function withHistory(report: Report, history: History, historyNote?: string): Report {
  if (history.procedures.size === 0 && historyNote === undefined) return report
  const systems = report.systems.map((system) => ({
    ...system,
    runbooks: system.runbooks.map((runbook) => ({
      ...runbook,
      sections: runbook.sections.map((section) => ({
        ...section,
        scenarios: section.scenarios.map((scenario) => {
          const known = history.procedures.get(scenario.address)
          return known ? withPast(scenario, known) : scenario
        }),
      })),
    })),
  }))
  const run = historyNote === undefined ? report.run : { ...report.run, historyNote }
  return { run, systems }
}

function withPast(scenario: ScenarioReport, known: ProcedureHistory): ScenarioReport {
  // What failed, or was cut short, says nothing of how long it takes.
  const results = known.results.filter(
    (result) => result.at !== scenario.startedAt && isGreen(result.verdict),
  )
  const steps = scenario.steps.map((step): Step => {
    const commands = step.commands.map((command) => commandWithPast(command, results))
    return { ...step, commands, measures: step.measures.map((each) => measureWithPast(each, results)) }
  })
  return { ...scenario, steps, past: pastOf(scenario, known, results) }
}

function pastOf(
  scenario: ScenarioReport,
  { green, redSince }: ProcedureHistory,
  results: readonly PastResult[],
): Past {
  const usual = spreadOf([
    ...results.map(({ ms }) => ms),
    ...(scenario.durationMs === undefined ? [] : [scenario.durationMs]),
  ])
  const failsNow = scenario.state === 'failed' ? scenario.startedAt : undefined
  const failing = isGreen(scenario.state) ? undefined : (redSince ?? failsNow)
  return {
    ...(green ? { green: { ...green, changes: changedLines(green.text, procedureText(scenario)) } } : {}),
    ...(failing === undefined ? {} : { redSince: failing }),
    ...(usual ? { usual } : {}),
  }
}

function commandWithPast(command: Command, results: readonly PastResult[]): Command {
  const digest = digestOf(command.script)
  const times = results.flatMap(({ commands }) => commands[digest] ?? [])
  const usual = spreadOf([...times, ...(command.ran ? [command.ran.durationMs] : [])])
  return usual ? { ...command, usual } : command
}

function measureWithPast(measure: Measure, results: readonly PastResult[]) {
  const earlierMs = results.flatMap(({ measures }) => measures[measure.name] ?? [])
  return earlierMs.length > 0 ? { ...measure, earlierMs } : measure
}
