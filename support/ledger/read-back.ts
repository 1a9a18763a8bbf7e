import { ApiError, absent, type JetStream } from '../jetstream/connection'
import { type Message, message, parsedHeaders } from './message'

/** A message as a stream holds it. */
export interface Stored extends Message {
  readonly seq: number
  /** When the server stored it; ISO. */
  readonly at: string
}

/** How many requests are under way at once; more make nothing faster, and a server's queue holds 10,000. */
const window = 256

/** The server's number for "no message found" (nats-server, server/errors.json). */
const noMessage = 10037

/**
 * Reads every message of a stream, each by its sequence, from the stream's leader. No consumer is made, so
 * nothing of what is read changes; and no follower answers, which may be behind.
 *
 * @returns the messages by sequence; none for a stream that isn't there
 * @throws Error when JetStream doesn't answer
 */
export async function messagesOf(jetstream: JetStream, stream: string): Promise<readonly Stored[]> {
  const info = await jetstream.manager.streams.info(stream, { deleted_details: true }).catch(absent)
  if (!info || info.state.messages === 0) return []
  const deleted = new Set(info.state.deleted)
  const found: Stored[] = []
  let next = info.state.first_seq
  const reader = async () => {
    while (next <= info.state.last_seq) {
      const seq = next++
      if (deleted.has(seq)) continue
      const stored = await messageBy(jetstream, stream, { seq })
      if (stored) found.push(stored)
    }
  }
  await Promise.all(Array.from({ length: window }, reader))
  return found.toSorted((a, b) => a.seq - b.seq)
}

interface Answer {
  readonly message: {
    readonly subject: string
    readonly seq: number
    readonly time: string
    readonly hdrs?: string
    readonly data?: string
  }
}

/** The first message of a stream from a sequence on; undefined when there is none. @throws Error when JetStream doesn't answer */
export function messageFrom(jetstream: JetStream, stream: string, seq: number): Promise<Stored | undefined> {
  return messageBy(jetstream, stream, { seq, next_by_subj: '>' })
}

async function messageBy(jetstream: JetStream, stream: string, wanted: object): Promise<Stored | undefined> {
  try {
    const { message: stored } = await jetstream.api<Answer>(`STREAM.MSG.GET.${stream}`, wanted)
    const headers = stored.hdrs ? parsedHeaders(Buffer.from(stored.hdrs, 'base64').toString('utf8')) : []
    const content = message(stored.subject, headers, Buffer.from(stored.data ?? '', 'base64'))
    return { ...content, seq: stored.seq, at: stored.time }
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.errorCode === noMessage) return undefined
    throw thrown
  }
}
