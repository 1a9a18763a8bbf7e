import type { Envelope } from '@cucumber/messages'
import { attemptOf } from './attempt-of'
import { identified } from './scenario-identity'

/**
 * Messages of several runs as if they were of one: in the order in which the runs began, no id twice, and of a scenario
 * that several runs were to run only what the latest of them tells, even if that one never got to it. A run of which
 * nothing is left that way doesn't count any more, with whatever went wrong in it outside of scenarios.
 *
 * Messages of one run are left as they are, and what this returns stays the same when it's given again.
 */
export function asOneRun(envelopes: readonly Envelope[]): readonly Envelope[] {
  const runs = separated(envelopes)
  if (runs.length < 2) return envelopes
  const ordered = withOwnIds(inOrder(runs))
  const later = new Set<string>()
  return ordered
    .toReversed()
    .map((run) => {
      const planned = plannedIn(run)
      const kept = planned.filter(({ scenario }) => !later.has(scenario))
      for (const { scenario } of planned) later.add(scenario)
      return keeping(run, planned, kept)
    })
    .toReversed()
    .flat()
}

/** The runs that messages are of: cucumber begins each with what it is itself. */
export function separated(envelopes: readonly Envelope[]): Envelope[][] {
  const runs: Envelope[][] = []
  for (const envelope of envelopes) {
    const run = runs.at(-1)
    if (run && !envelope.meta) run.push(envelope)
    else runs.push([envelope])
  }
  return runs
}

/** A scenario that a run was to run. */
export interface Planned {
  readonly testCaseId: string
  readonly pickleId: string
  readonly uri: string
  /** The same in every run: file, title, and which of those that share the title. */
  readonly scenario: string
}

/** The scenarios that a run was to run. */
export function plannedIn(run: readonly Envelope[]): Planned[] {
  const pickles = run.flatMap(({ pickle }) => (pickle ? [pickle] : []))
  const scenarios = new Map(
    identified(pickles).map(([scenario, { id, uri }]) => [id, { uri, scenario }] as const),
  )
  return run.flatMap(({ testCase }) => {
    const found = testCase && scenarios.get(testCase.pickleId)
    return found ? [{ testCaseId: testCase.id, pickleId: testCase.pickleId, ...found }] : []
  })
}

/** The texts of the runbooks that a run read, by path. */
export function textsIn(run: readonly Envelope[]): ReadonlyMap<string, string> {
  return new Map(run.flatMap(({ source }) => (source ? [[source.uri, source.data] as const] : [])))
}

/** By their beginning; one that never began, or of which only texts are left, stays behind the one before it. */
function inOrder(runs: readonly Envelope[][]): Envelope[][] {
  let began = 0
  const starts = runs.map((run) => {
    const { timestamp } = run.find(({ testRunStarted }) => testRunStarted)?.testRunStarted ?? {}
    began = timestamp ? timestamp.seconds * 1000 + timestamp.nanos / 1e6 : began
    return { run, began }
  })
  return starts.toSorted((one, other) => one.began - other.began).map(({ run }) => run)
}

/** The texts of runbooks, which are shown also where nothing of the run counts, and where its messages begin. */
function isText({ meta, source, gherkinDocument, pickle }: Envelope): boolean {
  return [meta, source, gherkinDocument, pickle].some((each) => each !== undefined)
}

/** A run of which only some of its scenarios count. */
function keeping(
  run: readonly Envelope[],
  planned: readonly Planned[],
  kept: readonly Planned[],
): readonly Envelope[] {
  if (kept.length === planned.length) return run
  return kept.length === 0 ? run.filter(isText) : rest(withoutTestCases(run, planned, kept))
}

function withoutTestCases(
  run: readonly Envelope[],
  planned: readonly Planned[],
  kept: readonly Planned[],
): Envelope[] {
  const stay = new Set(kept.map(({ testCaseId }) => testCaseId))
  const gone = new Set(planned.flatMap(({ testCaseId }) => (stay.has(testCaseId) ? [] : [testCaseId])))
  const started = run.flatMap(({ testCaseStarted }) =>
    testCaseStarted && gone.has(testCaseStarted.testCaseId) ? [testCaseStarted.id] : [],
  )
  const goneStarts = new Set(started)
  return run.filter((envelope) => {
    if (envelope.testCase) return !gone.has(envelope.testCase.id)
    if (envelope.testCaseStarted) return !goneStarts.has(envelope.testCaseStarted.id)
    return !goneStarts.has(attemptOf(envelope) ?? '')
  })
}

/**
 * A run without what later runs took over. It succeeded if what stays did; one that was broken off is over, with its last
 * message, when all that stays has ended.
 */
function rest(run: readonly Envelope[]): Envelope[] {
  const ends = run.flatMap(({ testCaseFinished }) =>
    testCaseFinished && !testCaseFinished.willBeRetried ? [testCaseFinished] : [],
  )
  const last = new Set(ends.map(({ testCaseStartedId }) => testCaseStartedId))
  const success = run.every(
    ({ testStepFinished: step }) =>
      step?.testStepResult.status !== 'FAILED' || !last.has(step.testCaseStartedId),
  )
  const finish = run.findLast(({ testRunFinished }) => testRunFinished)?.testRunFinished
  if (finish) {
    const others = run.filter(({ testRunFinished }) => !testRunFinished)
    return [...others, { testRunFinished: { ...finish, success: success && !finish.exception } }]
  }
  const timestamp = ends.at(-1)?.timestamp
  const isOver = timestamp && ends.length >= plannedIn(run).length
  return isOver ? [...run, { testRunFinished: { timestamp, success } }] : [...run]
}

/** Messages with what they tell of some scenarios, and not of the others. */
export function withOnly(
  envelopes: readonly Envelope[],
  stays: (scenario: Planned) => boolean,
): readonly Envelope[] {
  return separated(envelopes).flatMap((run) => {
    const planned = plannedIn(run)
    return keeping(run, planned, planned.filter(stays))
  })
}

/** Each cucumber process may number its own things; a run whose ids were given before gets its own. */
function withOwnIds(runs: readonly Envelope[][]): Envelope[][] {
  const taken = new Set<string>()
  return runs.map((run) => {
    const ids = idsIn(run)
    let prefix = ''
    for (let n = 2; ids.some((id) => taken.has(prefix + id)); n += 1) prefix = `run${n}-`
    for (const id of ids) taken.add(prefix + id)
    return prefix === ''
      ? run
      : run.map((envelope) => JSON.parse(JSON.stringify(envelope, renamed(prefix))) as Envelope)
  })
}

function idsIn(run: readonly Envelope[]): string[] {
  const ids: string[] = []
  JSON.stringify(run, (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string') ids.push(value)
    return value
  })
  return ids
}

/** Every field that is an id, or names one: `id`, `pickleId`, `astNodeIds`. A worker's number is its own. */
function renamed(prefix: string) {
  return (key: string, value: unknown): unknown => {
    if (key === 'workerId' || !/^id$|Ids?$/.test(key)) return value
    if (typeof value === 'string') return prefix + value
    return Array.isArray(value)
      ? value.map((each) => (typeof each === 'string' ? prefix + each : each))
      : value
  }
}
