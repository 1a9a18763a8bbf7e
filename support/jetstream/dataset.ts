import { Ledger } from '../ledger/ledger'
import { recording } from '../ledger/record'
import { accountState } from './account'
import type { JetStream } from './connection'
import { choice, content } from './content'
import { keepOffLeader } from './off-leader'

/** The stream that the backup is there for, with the consumer that old backups leave out. */
export const mainStream = { name: 'AGENTESE', offLeaderConsumer: 'auditor' } as const

const counts = { agentese: 1_000, audit: 300, profiles: 24 } as const
const nanosecondsAnHour = 3_600_000_000_000

/**
 * Publishes data that a backup can get wrong in every way known: streams of three replicas and of one; a
 * durable consumer with gaps in what it has acknowledged, and one of a single replica on another server than
 * the stream's leader; headers, several values under one name, empty payloads, messages bigger than a
 * snapshot's chunk of 128 KiB; messages with a time to live; deleted messages in the middle; a key-value bucket with history, deletes and a
 * purge; an object store. About 9 MiB that no compression makes smaller. The account must be empty.
 *
 * @param seed the same seed gives the same content
 * @returns the ledger of all that was acknowledged
 * @throws Error when JetStream refuses anything
 */
export async function publishDataset(jetstream: JetStream, seed: string): Promise<Ledger> {
  const ledger = new Ledger()
  await Promise.all([
    agentese(jetstream, ledger, seed),
    audit(jetstream, ledger, seed),
    profiles(jetstream, ledger, seed),
    artifacts(jetstream, ledger, seed),
  ])
  await promiseState(jetstream, ledger)
  return ledger
}

async function agentese(jetstream: JetStream, ledger: Ledger, seed: string): Promise<void> {
  const { headers } = await import('nats')
  const { manager } = jetstream
  const { name } = mainStream
  const client = await recording(jetstream, ledger)
  await manager.streams.add({ name, subjects: ['agentese.>'], num_replicas: 3, max_age: 0 })
  await inOrder(counts.agentese, async (index) => {
    const header = headers()
    if (index % 3 === 0) header.set('Nats-Msg-Id', `${seed}-${index}`)
    if (index % 5 === 0) for (const hop of ['gateway', 'router', 'gateway']) header.append('Agent-Hop', hop)
    const path = ['world', 'self', 'concept', 'void', 'time'][index % 5]
    const size =
      index % 100 === 7 ? 0 : index % 100 === 50 ? 150_000 : choice(seed, `size ${index}`, 1, 12_500)
    await client.publish(`agentese.${path}.${index % 7}`, content(seed, `agentese ${index}`, size), {
      headers: header,
    })
  })
  const doomed = [...range(400, 420), 433, 777]
  await Promise.all(doomed.map((seq) => manager.streams.deleteMessage(name, seq)))
  ledger.deleted(name, doomed)
  await Promise.all([
    acknowledgingConsumer(jetstream, name, 'reporting', (seq) => seq <= 120 || (seq > 140 && seq <= 160)),
    acknowledgingConsumer(jetstream, name, mainStream.offLeaderConsumer, (seq) => seq <= 200, 1),
  ])
  await keepOffLeader(jetstream, name, mainStream.offLeaderConsumer)
}

/** Some of its messages have a time to live, a year: it has to come back with them, and not end them. */
async function audit(jetstream: JetStream, ledger: Ledger, seed: string): Promise<void> {
  const { headers } = await import('nats')
  const client = await recording(jetstream, ledger)
  // The library's type of a stream doesn't know of it.
  const withTtl = { allow_msg_ttl: true }
  await jetstream.manager.streams.add({ name: 'AUDIT', subjects: ['audit.>'], num_replicas: 1, ...withTtl })
  await inOrder(counts.audit, async (index) => {
    const header = headers()
    if (index % 50 === 49) header.set('Nats-TTL', '8760h')
    await client.publish(
      `audit.${index % 4}`,
      content(seed, `audit ${index}`, choice(seed, `a${index}`, 10, 3_000)),
      { headers: header },
    )
  })
}

/** A bucket keeps the last three values of a key; older ones are discarded, as promised. */
async function profiles(jetstream: JetStream, ledger: Ledger, seed: string): Promise<void> {
  const client = await recording(jetstream, ledger)
  const bucket = await client.views.kv('agent-profiles', { history: 3, replicas: 3 })
  await Promise.all(
    Array.from({ length: counts.profiles }, async (_, index) => {
      const key = `agent.${index}`
      for (let revision = 0; revision <= index % 4; revision++) {
        await bucket.put(key, content(seed, `${key} ${revision}`, 200 + index))
      }
      if (index % 6 === 1) await bucket.delete(key)
    }),
  )
  await bucket.purge('agent.3')
  await forgetDiscarded(jetstream, ledger, 'KV_agent-profiles')
}

async function artifacts(jetstream: JetStream, ledger: Ledger, seed: string): Promise<void> {
  const { DiscardPolicy } = await import('nats')
  const client = await recording(jetstream, ledger)
  // The library can't make a bucket of three replicas: nats-server refuses how it asks (nats 2.29, `replicas`).
  await jetstream.manager.streams.add({
    name: 'OBJ_agent-artifacts',
    subjects: ['$O.agent-artifacts.C.>', '$O.agent-artifacts.M.>'],
    num_replicas: 3,
    discard: DiscardPolicy.New,
    allow_direct: true,
    allow_rollup_hdrs: true,
  })
  const bucket = await client.views.os('agent-artifacts')
  for (const [name, size] of [
    // The first is of one part, see inOrder.
    ['summary.txt', 900],
    ['trace.bin', 1_200_000],
  ] as const) {
    await bucket.putBlob({ name, description: 'written by the lab' }, content(seed, name, size))
  }
}

/**
 * What a bucket's own limits discard was promised to go. Read from the server once, while nothing can have
 * been lost yet; from then on a message is either expected or not.
 */
async function forgetDiscarded({ manager }: JetStream, ledger: Ledger, stream: string): Promise<void> {
  const { state } = await manager.streams.info(stream, { deleted_details: true })
  ledger.deleted(stream, [...range(1, state.first_seq - 1), ...(state.deleted ?? [])])
}

async function acknowledgingConsumer(
  jetstream: JetStream,
  stream: string,
  name: string,
  acknowledges: (seq: number) => boolean,
  replicas = 0,
): Promise<void> {
  const { AckPolicy } = await import('nats')
  await jetstream.manager.consumers.add(stream, {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    // Nothing is delivered again while a scenario runs, however long it takes.
    ack_wait: nanosecondsAnHour,
    ...(replicas > 0 ? { num_replicas: replicas } : {}),
  })
  const consumer = await jetstream.client.consumers.get(stream, name)
  const batch = await consumer.fetch({ max_messages: 200, expires: 10_000 })
  const acknowledged: Promise<boolean>[] = []
  for await (const each of batch) if (acknowledges(each.seq)) acknowledged.push(each.ackAck())
  await Promise.all(acknowledged)
}

/** From now on, what is configured and how far each consumer has got must be kept too. */
async function promiseState(jetstream: JetStream, ledger: Ledger): Promise<void> {
  for (const [stream, { config, consumers }] of Object.entries(await accountState(jetstream))) {
    ledger.promiseStream({ stream, config })
    for (const [name, state] of Object.entries(consumers)) ledger.promiseConsumer({ stream, name, state })
  }
}

/**
 * Starts every publish in order, on one connection, so that sequences come out the same each time. The first goes
 * alone: until every server knows of a new stream, it may have to be tried again.
 */
async function inOrder(count: number, publish: (index: number) => Promise<void>): Promise<void> {
  await publish(0)
  await Promise.all(range(1, count - 1).map(publish))
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
