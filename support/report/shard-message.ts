import type { Envelope } from '@cucumber/messages'
import { RunNote } from './run-note'

const note = new RunNote('text/vnd.runbook.shard')

/** Tells among a run's messages which share of the scenarios it was to run. @param shard as cucumber takes it: `2/3` */
export function shardMessage(shard: string): Envelope {
  return note.message(shard.split('/').map(Number).join('/'))
}

/** Which shares the runs of these messages were to run, each once; none for runs of everything. */
export function shardsRan(envelopes: readonly Envelope[]): readonly string[] {
  return note.told(envelopes)
}
