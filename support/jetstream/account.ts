import type { ConsumerInfo, StreamInfo } from 'nats'
import type { Json } from '../differing-fields'
import { eventually } from '../eventually'
import { absent, type JetStream } from './connection'

/** A place in a stream, by the consumer's own count and by the stream's. */
export interface Position {
  readonly consumer: number
  readonly stream: number
}

/** One consumer, as a value that can be compared. */
export interface ConsumerState {
  readonly config: Json
  readonly created: string
  readonly delivered: Position
  /** The last message up to which every one is acknowledged. */
  readonly ackFloor: Position
  /** Delivered and not acknowledged. */
  readonly ackPending: number
  /** Not delivered yet. */
  readonly pending: number
  readonly redelivered: number
}

/**
 * One stream, as a value that can be compared. A message in a stream never changes and no sequence is used
 * twice, so two equal values with the same `created` hold the same messages.
 */
export interface StreamState {
  readonly config: Json
  readonly created: string
  readonly messages: number
  readonly bytes: number
  readonly firstSeq: number
  readonly lastSeq: number
  /** Sequences between the first and the last that hold no message. */
  readonly deleted: readonly number[]
  readonly consumers: Readonly<Record<string, ConsumerState>>
}

/** All streams of an account, by name. */
export type AccountState = Readonly<Record<string, StreamState>>

/**
 * Reads the state of every stream and every consumer, from their leaders. A stream that is deleted meanwhile is left out.
 * While JetStream is choosing a leader a request has no answer, so it is asked again.
 *
 * @param withinMs for how long, in milliseconds; 0 for who only wants to see how it is now
 * @throws LabBroken when it doesn't answer by then
 */
export function accountState(jetstream: JetStream, withinMs = 20_000): Promise<AccountState> {
  const deadline = { name: `An answer of ${jetstream.site.name} about its streams`, ms: withinMs }
  return eventually(deadline, async () => ({ found: await stateNow(jetstream) }))
}

async function stateNow({ manager }: JetStream): Promise<AccountState> {
  const names = await all(await manager.streams.names())
  const states = names.map(async (name): Promise<Array<[string, StreamState]>> => {
    const [info, consumers] = await Promise.all([
      manager.streams.info(name, { deleted_details: true }).catch(absent),
      all(manager.consumers.list(name)).catch(absent),
    ])
    return info && consumers ? [[name, streamState(info, consumers)]] : []
  })
  const there = (await Promise.all(states)).flat()
  return Object.fromEntries(there.toSorted(([a], [b]) => a.localeCompare(b)))
}

async function all<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const item of pages) items.push(item)
  return items
}

function streamState(
  { config, created, state }: StreamInfo,
  consumers: readonly ConsumerInfo[],
): StreamState {
  return {
    config: comparable(config),
    created,
    messages: state.messages,
    bytes: state.bytes,
    firstSeq: state.first_seq,
    lastSeq: state.last_seq,
    deleted: state.deleted ?? [],
    consumers: Object.fromEntries(
      consumers
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((consumer) => [consumer.name, consumerState(consumer)]),
    ),
  }
}

function consumerState(info: ConsumerInfo): ConsumerState {
  return {
    config: comparable(info.config),
    created: info.created,
    delivered: { consumer: info.delivered.consumer_seq, stream: info.delivered.stream_seq },
    ackFloor: { consumer: info.ack_floor.consumer_seq, stream: info.ack_floor.stream_seq },
    ackPending: info.num_ack_pending,
    pending: info.num_pending,
    redelivered: info.num_redelivered,
  }
}

/**
 * A configuration without what the server adds about itself: the version that last touched it says nothing
 * about what was asked for.
 */
function comparable(config: unknown): Json {
  const plain = JSON.parse(JSON.stringify(config)) as { metadata?: Record<string, string> }
  const metadata = Object.entries(plain.metadata ?? {}).filter(([key]) => !key.startsWith('_nats.'))
  return { ...plain, metadata: Object.fromEntries(metadata) } as Json
}
