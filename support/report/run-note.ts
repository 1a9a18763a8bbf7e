import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'

/** Something that a run tells of itself among its messages: an attachment of the run, not of a step. */
export class RunNote {
  /** @param mediaType by which it's known: no other attachment has it */
  constructor(private readonly mediaType: string) {}

  /** The message that tells it. */
  message(body: string): Envelope {
    return {
      attachment: { mediaType: this.mediaType, body, contentEncoding: AttachmentContentEncoding.IDENTITY },
    }
  }

  /** What the runs of these messages tell, each once; nothing for messages that don't. */
  told(envelopes: readonly Envelope[]): readonly string[] {
    const told = envelopes.flatMap(({ attachment }) =>
      attachment?.mediaType === this.mediaType ? [attachment.body] : [],
    )
    return [...new Set(told)]
  }
}
