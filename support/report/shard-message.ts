import { createHash } from 'node:crypto'
import type { Envelope, Pickle } from '@cucumber/messages'
import { RunNote } from './run-note'
import { identified } from './scenario-identity'

/** A run's part of what several machines share out. */
export interface Share {
  /** `2/3`. */
  readonly shard: string
  /** What was shared out, as `sharedOut` puts it; absent for a run that never began. */
  readonly of?: string
}

const note = new RunNote('text/vnd.runbook.shard')

/** Tells among a run's messages which share of the scenarios it is to run. */
export function shardMessage({ shard, of }: Share): Envelope {
  const plain = shard.split('/').map(Number).join('/')
  return note.message(of === undefined ? plain : `${plain} of ${of}`)
}

/** Which shares the runs of these messages were to run, each once; none for runs of everything. */
export function sharesRan(envelopes: readonly Envelope[]): readonly Share[] {
  const shares = note.told(envelopes).map((told): Share => {
    const [shard = '', of] = told.split(' of ')
    return of === undefined ? { shard } : { shard, of }
  })
  const began = envelopes.some(({ testCase }) => testCase)
  // A run tells its shard before it knows of what.
  const alone = shares.filter(
    ({ shard, of }) => of !== undefined || !shares.some((each) => each.shard === shard && each.of),
  )
  return began ? alone.map((share) => ({ of: 'scenarios that it does not tell', ...share })) : alone
}

/**
 * What shards share out, in words that are the same on two machines only if they share out the same scenarios in the same
 * order: "4 scenarios (3f2a9c0d11aa)".
 */
export function sharedOut(pickles: readonly Pickle[]): string {
  const hash = createHash('sha256')
  for (const [scenario] of identified(pickles)) hash.update(`${scenario}\0`)
  return `${pickles.length} scenarios (${hash.digest('hex').slice(0, 12)})`
}
