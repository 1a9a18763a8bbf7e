import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenPromises, compare } from '../ledger/compare'
import { accountState } from './account'
import { JetStream } from './connection'
import { mainStream } from './dataset'
import { EmptySite } from './empty-site'
import { KeptDataset } from './kept-dataset'
import { LocalServers } from './local-servers'
import { placement } from './off-leader'

const folder = mkdtempSync(join(tmpdir(), 'runbook-dataset-'))
let servers: LocalServers
let jetstream: JetStream
let kept: KeptDataset

beforeAll(async () => {
  servers = await LocalServers.start(3)
  jetstream = await JetStream.open(servers.site)
  kept = new KeptDataset(jetstream, folder)
})

afterAll(async () => {
  await jetstream?.[Symbol.asyncDispose]()
  await servers?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const { name, offLeaderConsumer } = mainStream
const made = async () => (await accountState(jetstream))[name]?.created

describe('the kept data set', () => {
  it('is published where it never was, with a consumer off the leader, and is then as it should be', async () => {
    expect(await kept.difference()).toEqual(['the data set: not published yet'])
    await kept.putBack()
    expect(await kept.difference()).toEqual([])
    const { stream, consumer } = await placement(jetstream, name, offLeaderConsumer)
    expect(stream).not.toBe(consumer)
    const bytes = Object.values(await accountState(jetstream)).reduce((sum, each) => sum + each.bytes, 0)
    expect(bytes).toBeGreaterThan(8 * 1024 * 1024)
  })

  it('is known again by another run', async () => {
    const next = new KeptDataset(jetstream, folder)
    expect(await next.difference()).toEqual([])
    expect(brokenPromises(await compare(next.ledger, jetstream, 'origin'))).toEqual([])
  })

  it('stays when only something else has to go', async () => {
    const before = await made()
    await jetstream.manager.streams.add({ name: 'STRANGER', subjects: ['stranger'] })
    expect(await kept.difference()).toEqual(['stream STRANGER: not in the baseline'])
    await kept.putBack()
    expect(await kept.difference()).toEqual([])
    expect(await made()).toBe(before)
  })

  it('stays when the leader moves to where the consumer is, and the leader moves away again', async () => {
    const before = await made()
    const { consumer } = await placement(jetstream, name, offLeaderConsumer)
    await expect
      .poll(
        async () => {
          const now = await placement(jetstream, name, offLeaderConsumer)
          if (now.stream === consumer) return true
          if (now.stream) await jetstream.api(`STREAM.LEADER.STEPDOWN.${name}`)
          return false
        },
        { timeout: 20_000 },
      )
      .toBe(true)
    expect(await kept.difference()).toEqual([
      `consumer auditor of AGENTESE: on the stream's leader ${consumer}`,
    ])
    await kept.putBack()
    expect(await kept.difference()).toEqual([])
    expect(await made()).toBe(before)
  })

  it('is published anew when a message, a consumer or a configuration is not as it was', async () => {
    const { manager } = jetstream
    await manager.streams.deleteMessage(name, 5)
    await manager.consumers.delete(name, 'reporting')
    await manager.streams.update('AUDIT', { max_msgs: 10 })
    const lines = await kept.difference()
    expect(lines).toContain('stream AGENTESE: messages 976, was 977')
    expect(lines).toContain('consumer reporting of AGENTESE: gone')
    expect(lines).toContain('stream AUDIT: config.max_msgs 10, was -1')
    await kept.putBack()
    expect(await kept.difference()).toEqual([])
    expect(brokenPromises(await compare(kept.ledger, jetstream, 'origin'))).toEqual([])
  })

  it('is not kept with what somebody else has published meanwhile', async () => {
    await jetstream.manager.streams.deleteMessage(name, 7)
    const advisories = `$JS.EVENT.ADVISORY.STREAM.CREATED.${name}`
    const madeAnew = jetstream.connection.subscribe(advisories, { max: 1 })
    const publishOnceMadeAnew = async () => {
      for await (const _ of madeAnew) {
        const published = () =>
          jetstream.client.publish('agentese.heartbeat').then(
            () => true,
            () => false,
          )
        await expect.poll(published, { timeout: 10_000 }).toBe(true)
      }
    }
    await Promise.all([kept.putBack(), publishOnceMadeAnew()])
    await kept.putBack()
    expect(brokenPromises(await compare(kept.ledger, jetstream, 'origin'))).toEqual([])
  })

  it('is published anew when a stream was made again with the same messages in number', async () => {
    const { manager, client } = jetstream
    await manager.streams.delete('AUDIT')
    await manager.streams.add({ name: 'AUDIT', subjects: ['audit.>'], num_replicas: 1 })
    for (let index = 0; index < 300; index++) await client.publish('audit.1')
    expect(await kept.difference()).toEqual([expect.stringMatching(/^stream AUDIT: made anew at /)])
    await kept.putBack()
    expect(await kept.difference()).toEqual([])
  })

  it('is published anew when its files are damaged', async () => {
    writeFileSync(join(folder, 'ledger.ndjson'), '{"kind":')
    const next = new KeptDataset(jetstream, folder)
    expect(await next.difference()).toEqual(['the data set: not published yet'])
    await next.putBack()
    expect(await new KeptDataset(jetstream, folder).difference()).toEqual([])
  })

  it('says so when NATS does not answer', async () => {
    const lone = await LocalServers.start(1)
    const away = await JetStream.open(lone.site, 500)
    await lone[Symbol.asyncDispose]()
    const lines = await new EmptySite(away).difference()
    await away[Symbol.asyncDispose]()
    expect(lines).toEqual([expect.stringMatching(/^the server: /)])
  })
})

describe('a site that is to be empty', () => {
  it('is emptied', async () => {
    const site = new EmptySite(jetstream)
    expect(await site.difference()).toContain(`${servers.site.name}: stream AGENTESE: not in the baseline`)
    await site.putBack()
    expect(await site.difference()).toEqual([])
  })
})
