import type { Envelope, Timestamp } from '@cucumber/messages'
import { RunNote } from './run-note'
import { asOneRun, separated } from './runs'
import { type Share, sharesRan } from './shard-message'

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
  const seen = seenIn(envelopes)
  const meta = seen.filter((envelope) => envelope.meta).slice(-1)
  const there = new Set(told(seen).map(({ shard }) => shard))
  const missing = new Set(wanted(seen).flatMap(({ shard }) => (there.has(shard) ? [] : [shard])))
  return [...seen, ...[...missing].flatMap(standIn)]

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

/**
 * Shards that are there, but of other scenarios than a shard that counts: what the two leave out between them is in nobody's
 * plan, and wouldn't be missed.
 */
export function shardsOfOthers(envelopes: readonly Envelope[]): readonly Share[] {
  const seen = seenIn(envelopes)
  const there = told(seen)
  return wanted(seen).filter(({ shard, of }) => {
    const same = there.filter((each) => each.shard === shard)
    // Of a run that never began nobody knows; it leaves no green verdict anyway.
    return same.length > 0 && of !== undefined && same.every((each) => (each.of ?? of) !== of)
  })
}

function seenIn(envelopes: readonly Envelope[]): readonly Envelope[] {
  return separated(envelopes)
    .filter((run) => note.told(run).length === 0)
    .flat()
}

function told(envelopes: readonly Envelope[]): readonly Share[] {
  return separated(envelopes).flatMap((run) => sharesRan(run))
}

/** Every shard of the series of which one counts. */
function wanted(envelopes: readonly Envelope[]): Share[] {
  const counting = separated(asOneRun(envelopes)).filter((run) =>
    run.some(({ testRunStarted }) => testRunStarted),
  )
  return told(counting.flat()).flatMap(({ shard, ...of }) => {
    const total = Number(shard.split('/')[1])
    return Array.from({ length: total }, (_, index) => ({ shard: `${index + 1}/${total}`, ...of }))
  })
}
