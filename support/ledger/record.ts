import type { JetStreamClient } from 'nats'
import type { JetStream } from '../jetstream/connection'
import type { Ledger } from './ledger'
import { type Headers, message } from './message'

/**
 * A JetStream client whose every publish is in the ledger once the server has acknowledged it. Key-value and
 * object-store buckets opened from it are recorded too: underneath they publish through it.
 *
 * @returns the client; the connection is shared with `jetstream`
 */
export async function recording(jetstream: JetStream, ledger: Ledger): Promise<JetStreamClient> {
  const { headers: noHeaders } = await import('nats')
  const client = jetstream.connection.jetstream({ timeout: 10_000 })
  const publish = client.publish.bind(client)
  client.publish = async (subject, payload, options = {}) => {
    // The library adds its own headers (a message id, what it expects) to these.
    const added = options.headers ?? noHeaders()
    // No responders: a stream that was just made isn't known to every server of a cluster yet.
    const patience = { retries: 50, retry_delay: 100 }
    const ack = await publish(subject, payload, { ...patience, ...options, headers: added })
    const headers: Headers = [...added].flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    )
    const content = typeof payload === 'string' ? Buffer.from(payload) : (payload ?? new Uint8Array())
    ledger.record({
      ...message(subject, headers, content),
      stream: ack.stream,
      seq: ack.seq,
      at: new Date().toISOString(),
    })
    return ack
  }
  return client
}
