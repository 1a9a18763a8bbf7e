import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'

/** An attachment of a run, not of a step: with which files it ran. */
const mediaType = 'text/vnd.runbook.files'

/** Tells among a run's messages with which files it runs. @param files their sha256, as `filesNow` gives it */
export function filesMessage(files: string): Envelope {
  return { attachment: { mediaType, body: files, contentEncoding: AttachmentContentEncoding.IDENTITY } }
}

/** With which files the runs of these messages ran, each once; none for messages that don't tell. */
export function filesRan(envelopes: readonly Envelope[]): readonly string[] {
  const told = envelopes.flatMap(({ attachment }) =>
    attachment?.mediaType === mediaType ? [attachment.body] : [],
  )
  return [...new Set(told)]
}
