import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { JetStream } from '../jetstream/connection'
import { mainStream, publishDataset } from '../jetstream/dataset'
import { LocalServers } from '../jetstream/local-servers'
import { madeAnew } from '../jetstream/made-anew'
import { attachable, brokenPromises, compare } from './compare'
import { Ledger } from './ledger'
import { message } from './message'
import { recording } from './record'

let servers: LocalServers
let jetstream: JetStream

beforeAll(async () => {
  servers = await LocalServers.start(3)
  jetstream = await JetStream.open(servers.site)
})

afterAll(async () => {
  await jetstream?.[Symbol.asyncDispose]()
  await servers?.[Symbol.asyncDispose]()
})

describe('a small stream, damaged for real', () => {
  const stream = 'ORDERS'
  let ledger: Ledger

  beforeEach(async () => {
    await madeAnew(jetstream, { name: stream, subjects: ['orders.>'], num_replicas: 3 })
    ledger = await publish(['one', 'two', 'three', 'four', 'five'])
  })

  afterAll(async () => {
    await jetstream.manager.streams.delete(stream).catch(() => {})
  })

  const broken = async () => brokenPromises(await compare(ledger, jetstream, 'origin'))
  const purge = () => jetstream.manager.streams.purge(stream)

  it('has no damage as it was published', async () => {
    expect(await broken()).toEqual([])
  })

  it('lost a message', async () => {
    await jetstream.manager.streams.deleteMessage(stream, 2)
    expect(await broken()).toEqual([
      expect.stringMatching(/^stream ORDERS: 1 missing: 2 \(orders.new\) was ack/),
    ])
  })

  it('is gone', async () => {
    await jetstream.manager.streams.delete(stream)
    expect(await broken()).toEqual([expect.stringContaining('stream ORDERS: 5 missing: 1 (orders.new)')])
  })

  it('was filled again with a message altered and two that changed places', async () => {
    await refill(['one', 'TWO', 'four', 'three', 'five'])
    expect(await broken()).toEqual([
      'stream ORDERS: 1 altered: 2 (orders.new) has other payload',
      'stream ORDERS: 2 out of order: 3 (orders.new) is under sequence 4, 4 (orders.new) is under sequence 3',
    ])
  })

  it('was purged and published again, as a copy by hand does it', async () => {
    await purge()
    await publish(['one', 'two', 'three', 'four', 'five'])
    expect(await broken()).toEqual([
      'stream ORDERS: 5 out of order: 1 (orders.new) is under sequence 6, ' +
        '2 (orders.new) is under sequence 7, 3 (orders.new) is under sequence 8, and 2 more',
    ])
  })

  it('got a message twice, and one that nobody was told of', async () => {
    await publish(['three', 'six'])
    expect(await broken()).toEqual([
      'stream ORDERS: 1 duplicated: 6 (orders.new) is there once more',
      'stream ORDERS: 1 unexpected: 7 (orders.new) was never acknowledged',
    ])
  })

  it('still has a message that was deleted', async () => {
    ledger.deleted(stream, [4])
    expect(await broken()).toEqual(['stream ORDERS: 1 unexpected: 4 (orders.new) was deleted (sequence 4)'])
  })

  it('has another header under the same payload', async () => {
    const other = new Ledger()
    for (const each of ledger.expected(stream)) {
      const headed = message(each.subject, [['Origin', 'gateway']], Buffer.from('one'))
      other.record(each.seq === 1 ? { ...each, headers: headed.headers } : each)
    }
    ledger = other
    expect(await broken()).toEqual(['stream ORDERS: 1 altered: 1 (orders.new) has other headers'])
  })

  /** Publishes to the stream as it is. @returns a ledger of that alone */
  async function publish(texts: readonly string[]): Promise<Ledger> {
    const own = new Ledger()
    const client = await recording(jetstream, own)
    for (const text of texts) await client.publish('orders.new', Buffer.from(text))
    return own
  }

  async function refill(texts: readonly string[]): Promise<void> {
    await madeAnew(jetstream, { name: stream, subjects: ['orders.>'], num_replicas: 3 })
    await publish(texts)
  }
})

describe('the data set', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-ledger-'))
  let ledger: Ledger

  beforeAll(async () => {
    ledger = await publishDataset(jetstream, 'test')
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is what its own ledger says, also read from a file', async () => {
    ledger.save(join(folder, 'ledger.ndjson'))
    const loaded = Ledger.load(join(folder, 'ledger.ndjson'))
    const comparison = await compare(loaded, jetstream, 'origin')
    expect(brokenPromises(comparison)).toEqual([])
    expect(attachable(comparison).streams.map(({ stream, acknowledged }) => [stream, acknowledged])).toEqual([
      ['AGENTESE', 977],
      ['AUDIT', 300],
      ['KV_agent-profiles', 54],
      ['OBJ_agent-artifacts', 13],
    ])
  })

  it('shows a consumer gone, one that went on, another configuration, and a stream and a consumer that nobody promised', async () => {
    const { manager, client } = jetstream
    await manager.consumers.delete(mainStream.name, mainStream.offLeaderConsumer)
    const consumer = await client.consumers.get(mainStream.name, 'reporting')
    await (await consumer.next())?.ackAck()
    await manager.streams.update('AUDIT', { max_msgs: 10_000 })
    await manager.streams.add({ name: 'STRANGER', subjects: ['stranger'] })
    await manager.consumers.add('AUDIT', { durable_name: 'onlooker' })
    expect(brokenPromises(await compare(ledger, jetstream, 'origin'))).toEqual([
      'consumer auditor of AGENTESE: is missing',
      'consumer reporting of AGENTESE: delivered up to 201, was 200',
      'stream AUDIT: config max_msgs 10000, was -1',
      'stream STRANGER: not in the ledger',
      'consumer AUDIT/onlooker: not in the ledger',
    ])
  })
})
