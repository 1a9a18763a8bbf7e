import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'

/** An attachment of a run, not of a step: which share of the scenarios it was to run. */
const mediaType = 'text/vnd.runbook.shard'

/** Tells among a run's messages which share of the scenarios it was to run. @param shard as cucumber takes it: `2/3` */
export function shardMessage(shard: string): Envelope {
  const body = shard.split('/').map(Number).join('/')
  return { attachment: { mediaType, body, contentEncoding: AttachmentContentEncoding.IDENTITY } }
}

/** Which shares the runs of these messages were to run, each once; none for runs of everything. */
export function shardsRan(envelopes: readonly Envelope[]): readonly string[] {
  const told = envelopes.flatMap(({ attachment }) =>
    attachment?.mediaType === mediaType ? [attachment.body] : [],
  )
  return [...new Set(told)]
}
