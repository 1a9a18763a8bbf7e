import type { GherkinDocument, Step as GherkinStep, Rule, Scenario } from '@cucumber/messages'
import { judgeAttempt } from '../gate/judge-attempt'
import { exampleLines } from './address'
import { faultsOf } from './commands'
import type { ScenarioReport } from './model'
import { dedent } from './prose'
import type { Attempt } from './record'
import { plannedSteps, ranSteps } from './step'

/** The attempts at one scenario, in the order in which they began. */
export type Attempts = readonly Attempt[]

/**
 * A scenario, with what this run saw of it; an outline gives one for each of its examples.
 *
 * @param attempts by `file:line`
 */
export function scenarioReports(
  document: GherkinDocument,
  rule: Rule | undefined,
  scenario: Scenario,
  address: string,
  attempts: ReadonlyMap<string, Attempts>,
): ScenarioReport[] {
  const examples = exampleLines(scenario)
  const places =
    examples.length === 0
      ? [{ line: scenario.location.line, address }]
      : examples.map((line, index) => ({ line, address: `${address}-${index + 1}` }))
  const written = stepsOf(document, rule, scenario)
  return places.map((place) => {
    const tried = attempts.get(`${document.uri}:${place.line}`) ?? []
    return { ...outline(document, rule, scenario, place), ...seen(tried, written, place.address) }
  })
}

function outline(
  document: GherkinDocument,
  rule: Rule | undefined,
  scenario: Scenario,
  place: { readonly line: number; readonly address: string },
) {
  const tags = [document.feature?.tags, rule?.tags, scenario.tags].flatMap((each) => each ?? [])
  return {
    ...place,
    title: scenario.name,
    uri: document.uri ?? '',
    tags: [...new Set(tags.map((tag) => tag.name))],
    prose: dedent(scenario.description).trim(),
  }
}

type Seen = Omit<ScenarioReport, keyof ReturnType<typeof outline>> & { readonly title?: string }

function seen(tried: Attempts, written: readonly GherkinStep[], address: string): Seen {
  const last = tried.at(-1)
  if (!last) return { state: 'not run', steps: plannedSteps(written, address), faults: [], attempts: [] }
  const { verdict, code, message } = judgeAttempt(last)
  return {
    title: last.pickle.name,
    state: verdict,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    startedAt: new Date(last.startedAt).toISOString(),
    ...duration(last),
    ...waited(last),
    steps: ranSteps(last, written, address),
    faults: faultsOf(last),
    attempts: tried.slice(0, -1).map((attempt) => {
      const judged = judgeAttempt(attempt)
      const { verdict, message } = judged
      return {
        number: attempt.number,
        verdict,
        ...(message === undefined ? {} : { message }),
        ...duration(attempt),
      }
    }),
  }
}

function duration(attempt: Attempt): { durationMs?: number } {
  return attempt.finishedAt === undefined ? {} : { durationMs: attempt.finishedAt - attempt.startedAt }
}

function waited({ steps }: Attempt): { waitedMs?: number } {
  const told = steps.flatMap(({ attached }) => attached).find((each) => each.kind === 'timing')
  return told ? { waitedMs: told.value.waitedMs } : {}
}

function stepsOf(document: GherkinDocument, rule: Rule | undefined, scenario: Scenario): GherkinStep[] {
  const backgrounds = [...(document.feature?.children ?? []), ...(rule?.children ?? [])]
  return [...backgrounds.flatMap((child) => child.background?.steps ?? []), ...scenario.steps]
}
