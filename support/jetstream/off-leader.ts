import { eventually } from '../eventually'
import type { JetStream } from './connection'

/** Where a stream is led, and where one of its consumers is. */
export interface Placement {
  readonly stream: string | undefined
  readonly consumer: string | undefined
}

/** The servers that lead a stream and a consumer of it now; undefined while there is no leader. */
export async function placement(
  { manager }: JetStream,
  stream: string,
  consumer: string,
): Promise<Placement> {
  const [ofStream, ofConsumer] = await Promise.all([
    manager.streams.info(stream),
    manager.consumers.info(stream, consumer),
  ])
  return { stream: ofStream.cluster?.leader, consumer: ofConsumer.cluster?.leader }
}

/**
 * Makes sure that a consumer is on another server than the one that leads its stream: old backups leave out
 * just such a one without a word (nats-server#7829). The stream's leader steps down until it is so.
 *
 * @returns where both are
 * @throws LabBroken when it isn't so within 15 s
 */
export async function keepOffLeader(
  jetstream: JetStream,
  stream: string,
  consumer: string,
): Promise<Placement> {
  const deadline = { name: `consumer ${consumer} off the leader of ${stream}`, ms: 15_000 }
  return eventually(deadline, async () => {
    const now = await placement(jetstream, stream, consumer)
    if (now.stream && now.consumer && now.stream !== now.consumer) return { found: now }
    // Only a stream that has a leader can be told to choose another.
    if (now.stream && now.consumer) await jetstream.api(`STREAM.LEADER.STEPDOWN.${stream}`)
    return { seen: `stream led by ${now.stream ?? 'nobody'}, consumer on ${now.consumer ?? 'nothing'}` }
  })
}
