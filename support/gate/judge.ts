import type { Envelope } from '@cucumber/messages'
import { messageOfResult } from '../report/message-of-result'
import { type Attempt, type RunRecord, readRun } from '../report/record'
import { familyOf, judgeAttempt } from './judge-attempt'
import { exitCodes, type Judgement, type Verdict, worst } from './verdict'

/** Why a run is not green, and where. */
export interface Reason extends Judgement {
  /** Title of the scenario, if it is about one. */
  readonly scenario?: string
  /** `file:line`, if it is about one. */
  readonly where?: string
}

export interface RunJudgement {
  readonly verdict: Verdict
  /** 0 only for a run that showed something and in which nothing went wrong. */
  readonly exitCode: number
  /** Scenarios by verdict; each counts once, by its last attempt. */
  readonly counts: Readonly<Record<Verdict, number>> & {
    readonly total: number
    /** Of those that passed, the ones that did so only when they were tried again, within a run or by a later one. */
    readonly flaky: number
  }
  /** Empty for a passed run. */
  readonly reasons: readonly Reason[]
}

/** So many procedures may pass only at a later attempt, unless a site says otherwise; with more, nothing that passed is to be trusted. */
const usualFlakyLimit = 3

/**
 * The verdict of a run.
 *
 * @param envelopes  the run's messages, complete or not; several runs' one after another are judged as one
 * @param flakyLimit how many procedures may pass only at a later attempt
 */
export function judge(envelopes: readonly Envelope[], flakyLimit?: number): RunJudgement {
  return judgeRun(readRun(envelopes), flakyLimit)
}

/** As `judge`, for messages that are joined up already. */
export function judgeRun(run: RunRecord, flakyLimit = usualFlakyLimit): RunJudgement {
  const last = run.attempts.filter((attempt) => !attempt.willBeRetried)
  const scenarios = last.map((attempt): Reason => ({ ...judgeAttempt(attempt), ...placeOf(attempt.pickle) }))
  const neverRan = missing(run)
  const flaky = last.filter((attempt, index) => attempt.number > 1 && scenarios[index]?.verdict === 'passed')
  const reasons = [
    ...broken(run),
    ...neverRan,
    ...unsteady(flaky, flakyLimit),
    ...scenarios.filter((each) => each.verdict !== 'passed'),
  ]
  const all = [...reasons, ...unexplained(run, scenarios.length, reasons)]
  const { verdict } = worst(all.filter((each) => each.verdict !== 'known defect'))
  return {
    verdict,
    exitCode: exitCodes[verdict],
    counts: count([...scenarios, ...neverRan], flaky.length),
    reasons: all,
  }
}

/** What went wrong outside of scenarios. */
function broken(run: RunRecord): Reason[] {
  return [
    ...run.parseErrors.map(
      (error): Reason => ({
        verdict: 'misuse',
        code: 'RBK_PARSE_ERROR',
        message: error.message,
        where: `${error.uri}:${error.line}`,
      }),
    ),
    ...run.undefinedParameterTypes.map(
      (name): Reason => ({
        verdict: 'misuse',
        code: 'RBK_UNDEFINED_PARAMETER',
        message: `A step uses {${name}}, a parameter type that is not defined.`,
      }),
    ),
    ...run.hooks.flatMap(({ result }): Reason[] =>
      result.status === 'PASSED' || result.status === 'SKIPPED'
        ? []
        : [
            {
              verdict: familyOf(result) ?? 'inconclusive',
              code: 'RBK_HOOK_FAILED',
              message: messageOfResult(result) ?? 'A hook of the run failed without a message.',
            },
          ],
    ),
    ...run.runsFinished.flatMap(({ message }): Reason[] =>
      message ? [{ verdict: 'inconclusive', code: 'RBK_RUN_BROKEN', message }] : [],
    ),
    ...unfinished(run),
    ...incomplete(run),
    ...dry(run),
  ]
}

function dry(run: RunRecord): Reason[] {
  const results = run.attempts.flatMap((attempt) => attempt.steps.map((step) => step.result?.status))
  if (results.length === 0 || results.some((status) => status !== 'SKIPPED')) return []
  const message = 'No step was run (a dry run?), so nothing was shown.'
  return [{ verdict: 'misuse', code: 'RBK_DRY_RUN', message }]
}

function unfinished(run: RunRecord): Reason[] {
  const ended = run.runsFinished.length === run.runsStarted
  if (ended && (run.runsStarted > 0 || run.attempts.length === 0)) return []
  return [
    { verdict: 'inconclusive', code: 'RBK_RUN_UNFINISHED', message: 'The run ended before it was finished.' },
  ]
}

/** What a lost message told is in no verdict: it may have been a failure. */
function incomplete({ strays }: RunRecord): Reason[] {
  const [first] = strays
  if (first === undefined) return []
  const more = strays.length > 1 ? `, and so with ${strays.length - 1} more` : ''
  const message = `Messages of the run are lost, and nobody knows what they told: one ${first}${more}.`
  return [{ verdict: 'inconclusive', code: 'RBK_MESSAGES_LOST', message }]
}

function unsteady(flaky: readonly Attempt[], flakyLimit: number): Reason[] {
  if (flaky.length <= flakyLimit) return []
  const names = flaky.map(({ pickle }) => pickle.name).join('; ')
  const message = `${flaky.length} procedures passed only when they were tried again; ${flakyLimit} may: ${names}`
  return [{ verdict: 'inconclusive', code: 'RBK_FLAKY', message }]
}

function missing(run: RunRecord): Reason[] {
  const begun = new Set(run.attempts.map((attempt) => attempt.pickle.id))
  return run.planned
    .filter((pickle) => !begun.has(pickle.id))
    .map((pickle) => ({
      verdict: 'inconclusive',
      code: 'RBK_NEVER_RAN',
      message: 'It was selected and never ran.',
      ...placeOf(pickle),
    }))
}

/** A run that shows no reason still isn't green unless it says itself that it succeeded, and showed something. */
function unexplained(run: RunRecord, scenarios: number, reasons: readonly Reason[]): Reason[] {
  if (reasons.length > 0) return []
  if (scenarios === 0) {
    const message = 'No scenario ran: nothing matches the paths and tags that were asked for.'
    return [{ verdict: 'misuse', code: 'RBK_NOTHING_RAN', message }]
  }
  if (run.runsFinished.every((finished) => finished.success)) return []
  const message = 'Cucumber says that the run failed, and no message says why.'
  return [{ verdict: 'inconclusive', code: 'RBK_UNEXPLAINED', message }]
}

function count(judgements: readonly Judgement[], flaky: number): RunJudgement['counts'] {
  const of = (verdict: Verdict) => judgements.filter((each) => each.verdict === verdict).length
  return {
    passed: of('passed'),
    failed: of('failed'),
    misuse: of('misuse'),
    inconclusive: of('inconclusive'),
    'known defect': of('known defect'),
    total: judgements.length,
    flaky,
  }
}

function placeOf(pickle: { name: string; uri: string; location?: { line: number } }): {
  scenario: string
  where: string
} {
  return { scenario: pickle.name, where: `${pickle.uri}:${pickle.location?.line ?? 1}` }
}
