import type { Command, Report, Run, ScenarioReport } from '../model'
import { commandsIn, scenariosOf } from '../report-parts'
import { isGreen, timesTried } from '../state'
import { visibleOutput } from '../visible-text'
import { digestOf, type Green, type History, type PastResult, type ProcedureHistory } from './history'
import { procedureText } from './procedure-text'

/** How many results of a procedure are kept: a month of nightly runs. */
const keptResults = 30

/** A procedure that no run has judged for so long is retired. */
const keptMs = 180 * 24 * 60 * 60 * 1000

/** How much of a command's output is kept, in characters. */
const keptOutput = 2000

/**
 * The history after a run. Remembering the same run twice changes nothing: a report can be made again.
 *
 * A run that learnt nothing of a procedure (inconclusive, misuse) leaves it as green or as red as it was.
 */
export function remember(history: History, report: Report): History {
  const procedures = new Map(history.procedures)
  for (const scenario of scenariosOf(report)) {
    const result = resultOf(scenario)
    if (!result) continue
    const { address } = scenario
    procedures.set(address, after(procedures.get(address), scenario, result, report.run))
  }
  const newest = Math.max(...[...procedures.values()].map(lastSeenMs))
  const kept = [...procedures].filter(([, procedure]) => newest - lastSeenMs(procedure) <= keptMs)
  return { procedures: new Map(kept), damaged: 0 }
}

function after(
  known: ProcedureHistory | undefined,
  scenario: ScenarioReport,
  result: PastResult,
  run: Run,
): ProcedureHistory {
  const others = known?.results.filter(({ at }) => at !== result.at) ?? []
  const results = [...others, result].sort((a, b) => (a.at < b.at ? -1 : 1))
  const isNewer = result.at >= (known?.green?.at ?? '')
  const green = isGreen(result.verdict) && isNewer ? greenOf(scenario, result.at, run) : known?.green
  const redSince = firstRed(results, green?.at ?? '', known?.redSince)
  return {
    address: scenario.address,
    results: results.slice(-keptResults),
    ...(green ? { green } : {}),
    ...(redSince === undefined ? {} : { redSince }),
  }
}

/** The first failure since it was green: also one that is older than the results that are kept. */
function firstRed(results: readonly PastResult[], greenAt: string, known: string | undefined) {
  const reds = results.filter(({ verdict, at }) => verdict === 'failed' && at > greenAt).map(({ at }) => at)
  const [first] = [...reds, ...(known !== undefined && known > greenAt ? [known] : [])].sort()
  return first
}

function resultOf(scenario: ScenarioReport): PastResult | undefined {
  const { state, startedAt, durationMs, steps } = scenario
  if (state === 'not run' || startedAt === undefined || durationMs === undefined) return undefined
  const measures = steps.flatMap((step) => step.measures.map(({ name, ms }) => [name, ms] as const))
  const commands = commandsIn(scenario).flatMap(({ script, ran }) =>
    ran ? [[digestOf(script), Math.round(ran.durationMs)] as const] : [],
  )
  return {
    at: startedAt,
    verdict: state,
    ms: durationMs,
    attempts: timesTried(scenario),
    commands: Object.fromEntries(commands),
    measures: Object.fromEntries(measures),
  }
}

function greenOf(scenario: ScenarioReport, at: string, { lab }: Run): Green {
  const { commit, versions } = lab
  return { at, commit, versions, text: procedureText(scenario), outputs: commandsIn(scenario).map(output) }
}

function output({ ran }: Command): string {
  const text = visibleOutput(ran?.output.map((part) => part.text).join('') ?? '')
  return text.length > keptOutput ? `${text.slice(0, keptOutput)}\n(cut)\n` : text
}

function lastSeenMs({ results }: ProcedureHistory): number {
  return Date.parse(results.at(-1)?.at ?? '')
}
