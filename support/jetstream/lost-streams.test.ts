import { rmSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BackupScripts } from './backup-scripts'
import type { JetStream } from './connection'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let jetstream: JetStream
let scripts: BackupScripts
let archive: string

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ jetstream, scripts } = await scriptsAtServers(closing, 1))
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  await jetstream.manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] })
  await jetstream.client.publish('orders.x', 'message')
  expect((await scripts.backup()).exitCode).toBe(0)
  archive = scripts.archives[0] ?? ''
})

describe('a stream that was lost before the last backup', () => {
  const words = 'streams are gone since the last backup: ORDERS'

  it('is told by that backup, unless it was left out on purpose', async () => {
    const { config } = await jetstream.manager.streams.info('ORDERS')
    const excluded = await scripts.backup({ EXCLUDE_STREAMS: 'ORDERS' })
    expect(excluded.output).not.toContain(words)
    for (const name of scripts.archives.slice(1)) rmSync(scripts.path(name))
    await jetstream.manager.streams.delete('ORDERS')
    const { output, exitCode } = await scripts.backup()
    await jetstream.manager.streams.add(config)
    expect(output).toContain(`${words}\n   why: the archive ${archive} holds them`)
    expect(output).toContain(`restore --archive ${archive} --dry-run`)
    expect(exitCode).toBe(0)
  })

  it('is named by `backup-status`, with the newest archive that holds it', async () => {
    const line = `not in NATS any more: ORDERS; the newest archive that holds it: ${archive}`
    expect((await scripts.status()).output).not.toContain(line)
    const { config } = await jetstream.manager.streams.info('ORDERS')
    await jetstream.manager.streams.delete('ORDERS')
    const { output, exitCode } = await scripts.status()
    await jetstream.manager.streams.add(config)
    expect(output).toContain(line)
    expect(exitCode).toBe(0)
  })
})

describe('a stream that was lost, and made anew by an application', () => {
  const replacing = ['--stream', 'ORDERS', '--replace']
  const makeAnew = async () => {
    const { config } = await jetstream.manager.streams.info('ORDERS')
    await jetstream.manager.streams.delete('ORDERS')
    await jetstream.manager.streams.add(config)
  }

  beforeEach(async () => {
    const { exitCode } = await scripts.restore(['--archive', archive, ...replacing, '--confirm', 'ORDERS'])
    expect(exitCode).toBe(0)
    for (const name of scripts.archives) if (name !== archive) rmSync(scripts.path(name))
  })

  it('is told by `backup-status`, by the next backup, and by `backup-status` from then on', async () => {
    const command = `restore --archive ${archive} ${replacing.join(' ')}`
    await makeAnew()
    const before = await scripts.status()
    expect(before.output).toContain('BROKEN, streams were made anew since the newest archive: ORDERS')
    expect(before.output).toContain(`${command}; if not, take a backup`)
    expect(before.exitCode).toBe(12)
    const backup = await scripts.backup()
    expect(backup.output).toContain('streams were made anew since the last backup: ORDERS\n   why: ')
    expect(backup.output).toContain(command)
    expect(backup.exitCode).toBe(0)
    const after = await scripts.status()
    expect(after.output).toContain(`made anew: ORDERS; the newest archive from before: ${archive}`)
    expect(after.exitCode).toBe(0)
  })

  it('is told by one backup, and by none while it is as it was', async () => {
    expect((await scripts.backup()).output).not.toContain('anew')
    expect((await scripts.status()).output).not.toContain('anew')
    await makeAnew()
    expect((await scripts.backup()).output).toContain('made anew since the last backup')
    expect((await scripts.backup()).output).not.toContain('anew')
  })

  it('is told by the archives, when it has outgrown the lost one', async () => {
    await makeAnew()
    expect((await scripts.backup()).exitCode).toBe(0)
    for (let count = 0; count < 3; count += 1) await jetstream.client.publish('orders.x', 'message')
    const { output, exitCode } = await scripts.status()
    expect(output).toContain(`made anew: ORDERS; the newest archive from before: ${archive}`)
    expect(exitCode).toBe(0)
  })
})

describe('a backup beside a restore', () => {
  const slow = `
[[ $* != *'backup restore stream'* ]] || { touch "$0.begun"; sleep 3; }
exec "$NATS" "$@"`

  it('waits until the restore has ended', async () => {
    await jetstream.manager.streams.delete('ORDERS')
    const putBack = scripts.inPlaceOfNats(slow)
    const restored = scripts.restore(['--archive', archive, '--stream', 'ORDERS'])
    await expect.poll(() => scripts.hasRun('begun'), { timeout: 30_000 }).toBe(true)
    const { output, exitCode } = await scripts.backup()
    putBack()
    expect((await restored).exitCode).toBe(0)
    expect(output).toContain('waiting: a restore is running')
    expect(output).toMatch(/^stream: ORDERS +1 messages/m)
    expect(exitCode).toBe(0)
  })

  it('that is at work already is told by the restore, which does not wait', async () => {
    await jetstream.manager.streams.delete('ORDERS')
    using _ = await scripts.heldLock()
    const { output, exitCode } = await scripts.restore(['--archive', archive, '--stream', 'ORDERS'])
    expect(output).toContain('another backup is running: its archive may hold what is half-restored')
    expect(exitCode).toBe(0)
  })
})

describe('a stream of very many consumers', () => {
  it('is restored like any other: its entry in the manifest is longer than an argument may be', async () => {
    const { AckPolicy } = await import('nats')
    await jetstream.manager.streams.add({ name: 'MANY', subjects: ['many.>'] })
    const names = Array.from({ length: 500 }, (_, index) => `consumer-${index}-${'x'.repeat(230)}`)
    await Promise.all(
      names.map((durable_name) =>
        jetstream.manager.consumers.add('MANY', { durable_name, ack_policy: AckPolicy.Explicit }),
      ),
    )
    expect((await scripts.backup()).exitCode).toBe(0)
    expect((await scripts.status({}, ['--verify'])).output).toContain('backup-status: healthy')
    const { output, exitCode } = await scripts.restore(['--stream', 'MANY', '--replace', '--confirm', 'MANY'])
    expect(output).toMatch(/^restored: MANY +0 messages +500 consumers/m)
    expect(exitCode).toBe(0)
  })
})
