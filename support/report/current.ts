import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope, Pickle } from '@cucumber/messages'
import { hasCode, messageOf } from '../errors'
import type { FeatureFile } from './feature-files'
import { filesOfScenarios } from './files-message'
import { filesNow } from './files-now'
import { readMessages } from './messages-file'
import type { Report } from './model'
import { reportOf } from './report'
import { asOneRun, separated, withOnly } from './runs'
import { identified } from './scenario-identity'

/** The runbooks as they are on the disk, with what the last run has shown of them. */
export interface Current {
  readonly report: Report
  /** What the reader has to know of it, a line each: a run that can't be read or was with other files, procedures that are newer than it. */
  readonly notes: readonly string[]
  /** Of these, why the last run proves nothing of what is here now; absent when it does, and when there was none. */
  readonly unusable?: string
}

/**
 * Joins features with the last run, by title. A procedure whose steps have changed since is shown as it is now, without
 * results: a proof of other words is none. Nor is one of other scripts or steps, but what was printed then still helps a
 * reader: all its results are there, and `unusable` says that they are no proof.
 *
 * @param folder of the last run's reports; there may be none, or a damaged one
 * @param files  with which files a run would run now; asked for only where there are results
 */
export function currentReport(
  features: readonly FeatureFile[],
  folder: string,
  files: () => string = filesNow,
): Current {
  const file = join(folder, 'messages.ndjson')
  try {
    const run = asOneRun(messagesOf(file))
    const { report, changed, ran } = joined(features, run)
    const some = changed === 1 ? '1 procedure has' : `${changed} procedures have`
    const note = `${some} changed since the last run; its results for them aren’t shown.`
    const notes = changed > 0 ? [note] : []
    const unusable = ofOtherFiles(ran, files)
    return unusable === undefined ? { report, notes } : { report, notes: [...notes, unusable], unusable }
  } catch (thrown) {
    const unreadable = `${file} ${messageOf(thrown)}`
    const unusable = `The last run can’t be read, so there are no results: ${unreadable}`
    return { report: joined(features, []).report, notes: [unusable], unusable }
  }
}

/** What has to be said of results that aren't of the files that are here. @param ran with which files they were, see `filesOfScenarios` */
function ofOtherFiles(ran: readonly (string | undefined)[], files: () => string): string | undefined {
  if (ran.length === 0) return undefined
  const now = files()
  if (ran.every((each) => each === now)) return undefined
  return ran.includes(undefined)
    ? 'The last run doesn’t tell with which steps, scripts, manifests and packages it ran: its results may be of others than these.'
    : 'Steps, scripts, manifests or packages have changed since the last run: its results are of what they were.'
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
  return { report: reportOf([...documents, ...results]), changed, ran: filesOfScenarios(results) }
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
