import type { Envelope, Pickle } from '@cucumber/messages'
import { judgeAttempt } from '../gate/judge-attempt'
import { filesRan } from './files-message'
import type { Attempt } from './record'
import { separated, textsIn } from './runs'
import { identified } from './scenario-identity'

/** What two runs must have in common for the one to be the other's second attempt. */
interface Ran {
  readonly scenario: string
  readonly text: string | undefined
  readonly files: readonly string[]
}

/**
 * The attempts that count, behind those that failed in earlier runs: a procedure that failed and passes although nothing
 * has changed, neither its text nor the files it runs with, is as unsteady as one that passes when it's tried again within
 * a run. What was inconclusive or never began says nothing of it, and isn't among them.
 *
 * @param messages   of all the runs
 * @param counting   what counts of them, as `asOneRun` gives it
 * @param attempts   of what counts
 * @param attemptsIn those of one run
 */
export function withEarlierFailures(
  messages: readonly Envelope[],
  counting: readonly Envelope[],
  attempts: readonly Attempt[],
  attemptsIn: (run: readonly Envelope[]) => readonly Attempt[],
): readonly Attempt[] {
  const runs = separated(messages)
  if (runs.length < 2) return attempts
  const now = new Map(separated(counting).flatMap((run) => [...ranIn(run)]))
  const first = new Map<string, Attempt>()
  for (const attempt of attempts.toReversed()) {
    const scenario = now.get(attempt.pickle.id)?.scenario
    if (scenario !== undefined) first.set(scenario, attempt)
  }
  const failed = runs.flatMap((run) => {
    const then = ranIn(run)
    return attemptsIn(run).flatMap((attempt): Attempt[] => {
      const was = then.get(attempt.pickle.id)
      const next = was && first.get(was.scenario)
      if (!next || attempt.startedAt >= next.startedAt || !isSame(was, now.get(next.pickle.id))) return []
      if (judgeAttempt(attempt).verdict !== 'failed') return []
      return [{ ...attempt, pickle: next.pickle, willBeRetried: true }]
    })
  })
  return numbered(
    failed.toSorted((one, other) => one.startedAt - other.startedAt),
    attempts,
  )
}

/** By the id of the scenario in its run. */
function ranIn(run: readonly Envelope[]): ReadonlyMap<string, Ran> {
  const texts = textsIn(run)
  const files = filesRan(run)
  const pickles = run.flatMap(({ pickle }): Pickle[] => (pickle ? [pickle] : []))
  return new Map(
    identified(pickles).map(([scenario, { id, uri }]) => [id, { scenario, text: texts.get(uri), files }]),
  )
}

/** The gate judges a run before it has told with which files it runs: those are what they were, or it isn't continued. */
function isSame(was: Ran, now: Ran | undefined): boolean {
  return now !== undefined && was.text === now.text && new Set([...was.files, ...now.files]).size < 2
}

function numbered(failed: readonly Attempt[], attempts: readonly Attempt[]): Attempt[] {
  const before = new Map<string, number>()
  const earlier = failed.map((attempt) => {
    const number = (before.get(attempt.pickle.id) ?? 0) + 1
    before.set(attempt.pickle.id, number)
    return { ...attempt, number }
  })
  return [
    ...earlier,
    ...attempts.map((attempt) => ({
      ...attempt,
      number: attempt.number + (before.get(attempt.pickle.id) ?? 0),
    })),
  ]
}
