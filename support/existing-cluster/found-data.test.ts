import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageOf } from '../errors'
import { JetStream } from '../jetstream/connection'
import { LocalServers } from '../jetstream/local-servers'
import { madeAnew } from '../jetstream/made-anew'
import type { Manifest } from '../lab/backup-volume'
import type { Scenario } from '../scenario'
import { FoundArchives } from './found-archives'
import { FoundData } from './found-data'

const stream = 'ORDERS'
const name = 'nats-20261126T020003Z.tar.gz'

let servers: LocalServers[]
let operated: JetStream
let drills: JetStream

beforeAll(async () => {
  servers = await Promise.all([LocalServers.start(1), LocalServers.start(1)])
  const [here, there] = await Promise.all(servers.map(({ site }) => JetStream.open(site)))
  if (here && there) [operated, drills] = [here, there]
})

afterAll(async () => {
  await Promise.all([operated, drills].map((each) => each?.[Symbol.asyncDispose]()))
  await Promise.all((servers ?? []).map((each) => each[Symbol.asyncDispose]()))
})

/** The stream, with these messages and a durable consumer. */
async function fill(site: JetStream, texts: readonly string[]): Promise<void> {
  await madeAnew(site, { name: stream, subjects: ['orders.>'] })
  await site.manager.consumers.add(stream, { durable_name: 'worker' })
  for (const text of texts) await site.client.publish('orders.new', Buffer.from(text))
}

/** An archive that was begun after all that: in a later millisecond, in which times are told. */
function archiveOf(messages: number, changes: Partial<Manifest['streams'][number]> = {}): Manifest {
  const of = {
    name: stream,
    messages,
    firstSequence: 1,
    lastSequence: messages,
    maxAgeNanoseconds: 0,
    messageTtl: false,
    consumers: [{ name: 'worker', durable: true }],
    ...changes,
  }
  return {
    startedAt: new Date(Date.now() + 2).toISOString(),
    finishedAt: new Date().toISOString(),
    source: { natsVersion: '', cluster: '' },
    tools: { natsCli: '' },
    totals: { streams: 1, messages, consumers: 1 },
    files: [],
    streams: [of],
  }
}

/** A scenario whose last block restored that archive. */
function scenario(manifest: Manifest): Scenario {
  const file = { name, size: 1, sha256: '' }
  const volume = {
    archives: async () => [file],
    newest: async () => ({ file, manifest }),
    manifestOf: async () => manifest,
  }
  return {
    lane: { operated, drills, secondSite: drills, volume },
    operator: { printed: () => `restore: succeeded in 2 s: 1 stream of ${name}, verified` },
    record: async () => undefined,
  } as unknown as Scenario
}

const told = (work: Promise<void>) => work.then(() => 'nothing', messageOf)

describe('a drill, where nobody kept a ledger', () => {
  let data: FoundData

  beforeEach(async () => {
    await fill(operated, ['one', 'two', 'three'])
    await fill(drills, ['of an earlier drill'])
    data = new FoundData(scenario(archiveOf(3)))
    await data.productionHoldsData()
  })

  const drilled = () => told(data.secondSiteHoldsEverything())

  it('is well when the second site has what NATS had, whatever was published since', async () => {
    await fill(drills, ['one', 'two', 'three'])
    await operated.client.publish('orders.new', Buffer.from('since'))
    expect(await drilled()).toBe('nothing')
  })

  it('is well when a message has gone from NATS since', async () => {
    await fill(drills, ['one', 'two', 'three'])
    await operated.manager.streams.deleteMessage(stream, 2)
    expect(await drilled()).toBe('nothing')
  })

  it('is not well without a message', async () => {
    await fill(drills, ['one', 'two'])
    expect(await drilled()).toContain('stream ORDERS: 1 missing: 3 (orders.new)')
  })

  it('is not well with another one in its place', async () => {
    await fill(drills, ['one', 'TWO', 'three'])
    expect(await drilled()).toContain('stream ORDERS: 1 altered: 2 (orders.new) has other payload')
  })

  it('is not well with one more than the archive has', async () => {
    await fill(drills, ['one', 'two', 'three', 'four'])
    expect(await drilled()).toContain('stream ORDERS: 4 messages, 3 in the archive')
  })

  it('is not well without a durable consumer', async () => {
    await fill(drills, ['one', 'two', 'three'])
    await drills.manager.consumers.delete(stream, 'worker')
    expect(await drilled()).toContain('consumer worker of ORDERS: is missing')
  })

  it('is not well when it went somewhere else, and this is what an earlier one left', async () => {
    await fill(drills, ['one', 'two', 'three'])
    await data.productionHoldsData()
    expect(await drilled()).toContain('stream ORDERS: was there before, and not restored now')
  })

  it('lets messages with a limited life be gone', async () => {
    await fill(drills, ['one', 'two', 'three'])
    await drills.manager.streams.deleteMessage(stream, 1)
    await operated.manager.streams.deleteMessage(stream, 1)
    expect(await drilled()).toContain('2 messages, 3 in the archive')
    data = new FoundData(scenario(archiveOf(3, { maxAgeNanoseconds: 1e9 })))
    expect(await drilled()).toBe('nothing')
  })
})

describe('NATS itself, during a drill', () => {
  let data: FoundData

  beforeEach(async () => {
    await fill(operated, ['one', 'two'])
    data = new FoundData(scenario(archiveOf(2)))
    await data.productionHoldsData()
  })

  const touched = () => told(data.productionIsUntouched())

  it('is untouched when others publish, and make a stream', async () => {
    await operated.client.publish('orders.new', Buffer.from('three'))
    await operated.manager.streams.add({ name: 'OTHER', subjects: ['other'] })
    expect(await touched()).toBe('nothing')
    await operated.manager.streams.delete('OTHER')
  })

  it('is not when a stream was made anew', async () => {
    await fill(operated, ['one', 'two'])
    expect(await touched()).toContain('stream ORDERS: was made anew')
  })

  it('is not when a stream was purged', async () => {
    await operated.manager.streams.purge(stream)
    expect(await touched()).toContain('stream ORDERS: 0 messages, were 2')
  })

  it('is not when a stream or a durable consumer is gone', async () => {
    await operated.manager.consumers.delete(stream, 'worker')
    expect(await touched()).toContain('consumer worker of ORDERS: is gone, or made anew')
    await operated.manager.streams.delete(stream)
    expect(await touched()).toContain('stream ORDERS: is gone')
  })

  it('shows nothing when it is empty', async () => {
    await operated.manager.streams.purge(stream)
    expect(await told(data.productionHoldsData())).toContain('NATS holds no message on this cluster')
  })
})

describe('the newest archive, where nobody kept a ledger', () => {
  beforeEach(() => fill(operated, ['one', 'two', 'three']))

  const lacks = (manifest: Manifest) => told(new FoundArchives(scenario(manifest)).newestIsComplete())

  it('is complete with all that NATS had when it was begun', async () => {
    const manifest = archiveOf(3)
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(manifest.startedAt))
    await operated.client.publish('orders.new', Buffer.from('since'))
    expect(await lacks(manifest)).toBe('nothing')
  })

  it('is not when a stream ends too early, or lacks messages before its end', async () => {
    expect(await lacks(archiveOf(2))).toContain('stream ORDERS: ends at 2; sequence 3 was there at')
    expect(await lacks(archiveOf(2, { lastSequence: 3 }))).toContain(
      'stream ORDERS: 2 messages; up to 3 NATS still has 3',
    )
  })

  it('is not without a stream, or a durable consumer', async () => {
    expect(await lacks(archiveOf(3, { name: 'OTHER' }))).toContain('stream ORDERS: not in the archive')
    expect(await lacks(archiveOf(3, { consumers: [] }))).toContain(
      'consumer worker of ORDERS: not in the archive',
    )
  })

  it('shows nothing when all of NATS is younger', async () => {
    const old = { ...archiveOf(3), startedAt: '2026-01-01T00:00:00Z' }
    expect(await lacks(old)).toContain('NATS has no stream that is older than')
  })
})
