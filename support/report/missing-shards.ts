import type { Envelope, Timestamp } from '@cucumber/messages'
import { RunNote } from './run-note'
import { asOneRun, separated } from './runs'
import { shardsRan } from './shard-message'

/** Told by a run that nobody has seen: the shard in whose place it stands. */
const note = new RunNote('text/vnd.runbook.missing-shard')

/**
 * Messages of several runs, with one more run for each shard that isn't among them: a machine that died before it sent its
 * messages leaves no trace of its scenarios, and without them nothing would be missed. That run says what is missing, and
 * that it didn't succeed; it goes when the shard's messages are merged with these.
 *
 * @param timestamp when that run is said to have been
 */
export function withMissingShards(envelopes: readonly Envelope[], timestamp: Timestamp): readonly Envelope[] {
  const seen = separated(envelopes)
    .filter((run) => note.told(run).length === 0)
    .flat()
  const told = shardsRan(seen)
  const meta = seen.filter((envelope) => envelope.meta).slice(-1)
  return [...seen, ...wanted(seen).flatMap((shard) => (told.includes(shard) ? [] : standIn(shard)))]

  function standIn(shard: string): Envelope[] {
    const message = `Nothing is known of shard ${shard}: its messages are not among those that were merged.`
    return [
      ...meta,
      note.message(shard),
      { testRunStarted: { timestamp } },
      { testRunFinished: { timestamp, success: false, message } },
    ]
  }
}

/** Every shard of the series of which one counts. */
function wanted(envelopes: readonly Envelope[]): string[] {
  const counting = separated(asOneRun(envelopes)).filter((run) =>
    run.some(({ testRunStarted }) => testRunStarted),
  )
  const totals = new Set(shardsRan(counting.flat()).map((shard) => Number(shard.split('/')[1])))
  return [...totals].flatMap((total) => Array.from({ length: total }, (_, index) => `${index + 1}/${total}`))
}
