import type {
  Envelope,
  GherkinDocument,
  Meta,
  Pickle,
  PickleStep,
  TestCaseStarted,
  TestStepResult,
  Timestamp,
} from '@cucumber/messages'
import { Query } from '@cucumber/query'
import { type Attached, readAttachment } from './attachment'
import { coveredTime } from './covered-time'
import { withEarlierFailures } from './earlier-failures'
import { asOneRun, separated } from './runs'
import { straysIn } from './strays'

/** One try at a scenario. */
export interface Attempt {
  readonly pickle: Pickle
  /** Prose under the scenario's title. */
  readonly description: string
  /** 1 for the first; attempts that failed in earlier runs count, where nothing has changed since. */
  readonly number: number
  readonly willBeRetried: boolean
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Absent when the run ended in mid-scenario. */
  readonly finishedAt?: number
  readonly steps: readonly AttemptStep[]
}

/** One step or hook of an attempt, in the order in which they ran. */
export interface AttemptStep {
  /** Absent for a hook. */
  readonly pickleStep?: PickleStep
  /** Absent when it never finished. */
  readonly result?: TestStepResult
  readonly startedAt?: number
  readonly finishedAt?: number
  readonly attached: readonly Attached[]
}

/** What the messages of one or several runs say, joined up and not yet judged. */
export interface RunRecord {
  readonly documents: readonly GherkinDocument[]
  readonly parseErrors: readonly { readonly uri: string; readonly line: number; readonly message: string }[]
  readonly undefinedParameterTypes: readonly string[]
  /** Scenarios that were selected to run. */
  readonly planned: readonly Pickle[]
  readonly attempts: readonly Attempt[]
  /** Results of BeforeAll and AfterAll hooks, and what they attached. */
  readonly hooks: readonly { readonly result: TestStepResult; readonly attached: readonly Attached[] }[]
  readonly runsStarted: number
  readonly runsFinished: readonly { readonly success: boolean; readonly message?: string }[]
  readonly startedAt?: number
  readonly finishedAt?: number
  /** How long runs went on: shards at the same time count once, the days between two runs don't count. */
  readonly busyMs?: number
  readonly metas: readonly Meta[]
  /** Messages that can't be joined up, as `straysIn` puts it. */
  readonly strays: readonly string[]
}

/**
 * Joins messages up.
 *
 * @param messages cucumber messages of a run, or of several one after another (shards, earlier runs); in any state of
 *                 completeness. Of a scenario that several were to run, the latest run tells; what failed before
 *                 is an attempt of it.
 */
export function readRun(messages: readonly Envelope[]): RunRecord {
  const envelopes = asOneRun(messages)
  const query = queryOf(envelopes)
  const started = envelopes.flatMap((e) => (e.testRunStarted ? [millis(e.testRunStarted.timestamp)] : []))
  const finished = envelopes.flatMap((e) => (e.testRunFinished ? [e.testRunFinished] : []))
  return {
    documents: envelopes.flatMap((e) => (e.gherkinDocument ? [e.gherkinDocument] : [])),
    parseErrors: envelopes.flatMap((e) =>
      e.parseError
        ? [
            {
              uri: e.parseError.source.uri ?? 'unknown file',
              line: e.parseError.source.location?.line ?? 1,
              message: e.parseError.message,
            },
          ]
        : [],
    ),
    undefinedParameterTypes: envelopes.flatMap((e) =>
      e.undefinedParameterType ? [e.undefinedParameterType.name] : [],
    ),
    planned: planned(envelopes),
    attempts: withEarlierFailures(messages, envelopes, attemptsIn(envelopes, query), attemptsIn),
    hooks: envelopes.flatMap((e) =>
      e.testRunHookFinished
        ? [
            {
              result: e.testRunHookFinished.result,
              attached: query.findAttachmentsBy(e.testRunHookFinished).map(readAttachment),
            },
          ]
        : [],
    ),
    runsStarted: started.length,
    runsFinished: finished.map((run) => ({
      success: run.success,
      ...text('message', run.exception?.message ?? run.message),
    })),
    ...(started.length > 0 ? { startedAt: Math.min(...started) } : {}),
    ...(finished.length > 0 ? { finishedAt: Math.max(...finished.map((run) => millis(run.timestamp))) } : {}),
    ...busy(envelopes),
    metas: envelopes.flatMap((e) => (e.meta ? [e.meta] : [])),
    strays: straysIn(messages).map(({ what }) => what),
  }
}

function busy(envelopes: readonly Envelope[]): { busyMs?: number } {
  const stretches = separated(envelopes).flatMap((run) => {
    const started = run.find((e) => e.testRunStarted)?.testRunStarted
    const finished = run.findLast((e) => e.testRunFinished)?.testRunFinished
    return started && finished ? [{ from: millis(started.timestamp), to: millis(finished.timestamp) }] : []
  })
  return stretches.length === 0 ? {} : { busyMs: coveredTime(stretches) }
}

function planned(envelopes: readonly Envelope[]): Pickle[] {
  const pickles = new Map(envelopes.flatMap((e) => (e.pickle ? [[e.pickle.id, e.pickle] as const] : [])))
  return envelopes.flatMap((e) => {
    const pickle = e.testCase && pickles.get(e.testCase.pickleId)
    return pickle ? [pickle] : []
  })
}

function queryOf(envelopes: readonly Envelope[]): Query {
  const query = new Query()
  for (const envelope of envelopes) query.update(envelope)
  return query
}

function attemptsIn(envelopes: readonly Envelope[], query = queryOf(envelopes)): Attempt[] {
  return envelopes.flatMap((e) => (e.testCaseStarted ? attempt(query, e.testCaseStarted) : []))
}

function attempt(query: Query, started: TestCaseStarted): Attempt[] {
  const testCase = query.findTestCaseBy(started)
  const pickle = testCase && query.findPickleBy(started)
  if (!pickle) return []
  const finished = query.findTestCaseFinishedBy(started)
  const begun = new Map(query.findTestStepsStartedBy(started).map((step) => [step.testStepId, step]))
  const ended = new Map(query.findTestStepsFinishedBy(started).map((step) => [step.testStepId, step]))
  const steps = testCase.testSteps.map((step): AttemptStep => {
    const pickleStep = query.findPickleStepBy(step)
    const start = begun.get(step.id)
    const end = ended.get(step.id)
    const attached = query.findAttachmentsBy(
      end ?? {
        testCaseStartedId: started.id,
        testStepId: step.id,
        testStepResult: unknown,
        timestamp: started.timestamp,
      },
    )
    return {
      ...(pickleStep ? { pickleStep } : {}),
      ...(end ? { result: end.testStepResult, finishedAt: millis(end.timestamp) } : {}),
      ...(start ? { startedAt: millis(start.timestamp) } : {}),
      attached: attached.map(readAttachment),
    }
  })
  return [
    {
      pickle,
      description: query.findLineageBy(pickle)?.scenario?.description ?? '',
      number: started.attempt + 1,
      willBeRetried: finished?.willBeRetried ?? false,
      startedAt: millis(started.timestamp),
      ...(finished ? { finishedAt: millis(finished.timestamp) } : {}),
      steps,
    },
  ]
}

/** Stands in for the result of a step that never finished: its attachments are found by the ids beside it. */
const unknown: TestStepResult = {
  duration: { seconds: 0, nanos: 0 },
  status: 'UNKNOWN' as TestStepResult['status'],
}

function millis(timestamp: Timestamp): number {
  return timestamp.seconds * 1000 + timestamp.nanos / 1e6
}

function text<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: string })
}
