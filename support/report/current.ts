import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope, Pickle } from '@cucumber/messages'
import { hasCode, messageOf } from '../errors'
import type { FeatureFile } from './feature-files'
import { readMessages } from './messages-file'
import type { Report } from './model'
import { reportOf } from './report'
import { asOneRun, separated, withOnly } from './runs'
import { identified } from './scenario-identity'

/** The runbooks as they are on the disk, with what the last run has shown of them. */
export interface Current {
  readonly report: Report
  /** What the reader has to know of it, a line each: a run that can't be read, procedures that are newer than it. */
  readonly notes: readonly string[]
  /** Why the last run can't be read; absent when it can, and when there was none. */
  readonly unreadable?: string
}

/**
 * Joins features with the last run, by title. A procedure whose steps have changed since is shown as it is now, without
 * results: a proof of other words is none.
 *
 * @param folder of the last run's reports; there may be none, or a damaged one
 */
export function currentReport(features: readonly FeatureFile[], folder: string): Current {
  const file = join(folder, 'messages.ndjson')
  try {
    const run = asOneRun(messagesOf(file))
    const { report, changed } = joined(features, run)
    const some = changed === 1 ? '1 procedure has' : `${changed} procedures have`
    const note = `${some} changed since the last run; its results for them aren’t shown.`
    return { report, notes: changed > 0 ? [note] : [] }
  } catch (thrown) {
    const unreadable = `${file} ${messageOf(thrown)}`
    const notes = [`The last run can’t be read, so there are no results: ${unreadable}`]
    return { report: joined(features, []).report, notes, unreadable }
  }
}

function messagesOf(file: string): Envelope[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return []
    throw thrown
  }
  const { envelopes, damaged } = readMessages(text)
  // A run that is going on, or was killed, ends in half a line: what it has seen before is true.
  if (damaged && !damaged.cutOff) throw new Error(`line ${damaged.line} ${damaged.what}`)
  return envelopes
}

/** The documents are those on the disk; of the run stays what is about scenarios that still have the same steps. */
function joined(features: readonly FeatureFile[], run: readonly Envelope[]) {
  const now = new Map(identified(features.flatMap(({ pickles }) => pickles)))
  // Run by run: in a run that was continued, a scenario is there twice.
  const then = separated(run).flatMap((each) =>
    identified(each.flatMap(({ pickle }) => (pickle ? [pickle] : []))),
  )
  const placed = new Map(
    then.flatMap(([key, pickle]) => {
      const match = now.get(key)
      return match && stepsOf(match) === stepsOf(pickle)
        ? [[pickle.id, inPlaceOf(pickle, match)] as const]
        : []
    }),
  )
  const results = withOnly(run, ({ pickleId }) => placed.has(pickleId)).flatMap((envelope): Envelope[] => {
    if (envelope.gherkinDocument) return []
    if (!envelope.pickle) return [envelope]
    const pickle = placed.get(envelope.pickle.id)
    return pickle ? [{ pickle }] : []
  })
  const planned = new Set(run.flatMap(({ testCase }) => testCase?.pickleId ?? []))
  const changed = then.filter(([, { id }]) => planned.has(id) && !placed.has(id)).length
  const documents = features.map(({ document }): Envelope => ({ gherkinDocument: document }))
  return { report: reportOf([...documents, ...results]), changed }
}

/** What runs, without the ids of one parse of it. */
function stepsOf({ steps }: Pickle): string {
  return JSON.stringify(steps.map(({ text, argument }) => [text, argument?.docString, argument?.dataTable]))
}

/** The scenario as it is now, under the ids by which the run tells of it. */
function inPlaceOf(ran: Pickle, now: Pickle): Pickle {
  return {
    ...now,
    id: ran.id,
    steps: now.steps.map((step, index) => ({ ...step, id: ran.steps[index]?.id ?? step.id })),
  }
}
