import { copyFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { archiveName, BackupScripts, type Ended, usersConfig } from './backup-scripts'
import type { JetStream } from './connection'
import { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let servers: LocalServers
let jetstream: JetStream
let scripts: BackupScripts
let archive: string
const down = { NATS_URL: 'nats://127.0.0.1:1' }
const noStore = {
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
}

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ servers, jetstream, scripts } = await scriptsAtServers(closing, 1))
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  for (let index = 0; index < 50; index++) await jetstream.client.publish('agentese.x', `message ${index}`)
  expect((await scripts.backup()).exitCode).toBe(0)
  archive = scripts.archives[0] ?? ''
})

describe('backup --dry-run', () => {
  it('says that a backup would succeed, and makes none', async () => {
    const { output, exitCode } = await scripts.backup({}, ['--dry-run'])
    expect(output).toMatch(/^check: streams: ok, 1 stream, 50 messages$/m)
    expect(output).toMatch(/^check: S3: disabled \(no secret nats-backup-s3\): there is no second copy$/m)
    expect(output).toMatch(/^backup --dry-run: ready: nothing was changed; every check is ok$/m)
    expect(exitCode).toBe(0)
    expect(scripts.files).toEqual([archive])
  })

  it('names everything that is broken, and ends with the code of the first', async () => {
    const { output, exitCode } = await scripts.backup({ ...down, ...noStore, BACKUP_DIR: '/nowhere' }, [
      '--dry-run',
    ])
    expect(output).toMatch(/^check: volume: BROKEN, the backup folder \/nowhere does not exist$/m)
    expect(output).toMatch(/^check: NATS: BROKEN, NATS is down/m)
    expect(output).toMatch(/^check: S3: BROKEN, S3 does not answer at http:\/\/127.0.0.1:1$/m)
    expect(output.split('\n').slice(-2)).toEqual([
      'backup --dry-run: NOT ready: volume, NATS, streams, versions, S3, S3 keys',
      '  exit: 15 (volume)',
    ])
    expect(exitCode).toBe(15)
  })

  it('tells of a server that answers, and whose JetStream has no leader', async () => {
    await using three = await LocalServers.start(3, usersConfig())
    await using asked = await BackupScripts.open(three.site.server)
    await three.killOthers()
    // For some seconds a leader that lost its followers goes on as one.
    await expect
      .poll(async () => (await asked.backup({}, ['--dry-run'])).output, { timeout: 90_000 })
      .toMatch(/^check: NATS: BROKEN, NATS does not answer at .* \(listing the streams\)$/m)
  })

  it('names a stream that is expected, and one that lies in memory', async () => {
    const expected = await scripts.backup({ EXPECT_STREAMS: 'AGENTESE ORDERS' }, ['--dry-run'])
    expect(expected.output).toContain('check: streams: BROKEN, the stream ORDERS is not there')
    expect(expected.exitCode).toBe(12)
    const { StorageType } = await import('nats')
    await jetstream.manager.streams.add({ name: 'CACHE', subjects: ['cache'], storage: StorageType.Memory })
    const memory = await scripts.backup({}, ['--dry-run'])
    await jetstream.manager.streams.delete('CACHE')
    expect(memory.output).toContain('check: streams: BROKEN, stream CACHE lies in memory')
    expect(memory.exitCode).toBe(13)
  })
})

describe('backup-status', () => {
  it('says that all is well, and reads every byte if asked to', async () => {
    const looked = await scripts.status()
    expect(
      looked.output
        .replace(/\d+ min old/, 'N min old')
        .replace(/[\d.]+ GiB/, 'N GiB')
        .split('\n'),
    ).toEqual([
      `check: archive: ok, ${archive}, 0 h N min old, 1 archive on the volume`,
      'check: content: ok, 1 streams, 50 messages, 0 consumers',
      `check: space: ok, N GiB available on ${scripts.path()}`,
      `check: NATS: ok, n0, NATS 2.15.2, user restore at ${servers.site.server}`,
      'check: streams: ok, 1 stream in NATS',
      'check: off-site copy: disabled (no secret nats-backup-s3): there is no second copy',
      'backup-status: healthy',
    ])
    expect(looked.exitCode).toBe(0)
    const { output, exitCode } = await scripts.status({}, ['--verify'])
    expect(output).toContain('check: content: ok, 1 streams, 50 messages, 0 consumers, every byte read')
    expect(output).toMatch(/^backup-status: healthy$/m)
    expect(exitCode).toBe(0)
  })

  it.each([
    ['an old archive', { ARCHIVE_MAX_AGE_HOURS: '0' }, 40, 'archive: BROKEN, the newest archive is 0 h old'],
    ['no NATS', down, 10, 'NATS: BROKEN, NATS is down'],
    ['no volume', { BACKUP_DIR: '/nowhere' }, 15, 'space: BROKEN, the backup folder /nowhere does not exist'],
    ['no S3', noStore, 20, 'off-site copy: BROKEN, the archives in s3://kgents-dr-backups/nats/ cannot'],
  ])('has a code of its own for %s', async (_, settings, code, words) => {
    const { output, exitCode } = await scripts.status(settings)
    expect(output).toContain(`check: ${words}`)
    expect(output).toContain('backup-status: NOT healthy: ')
    expect(exitCode).toBe(code)
  })

  it('calls a secret that is gone a fault where copies were made before, as a backup does', async () => {
    scripts.put('.offsite', archive)
    const { AWS_ENDPOINT_URL } = noStore
    const [status, preflight, backup] = [
      await scripts.status(),
      await scripts.backup({ AWS_ENDPOINT_URL }, ['--dry-run']),
      await scripts.backup(),
    ]
    rmSync(scripts.path('.offsite'))
    const words =
      'the archives in s3://kgents-dr-backups/nats/ cannot be listed\n   why: no secret nats-backup-s3'
    expect(status.output).toContain(`check: off-site copy: BROKEN, ${words}`)
    expect(status.output).toContain(`if no second copy is wanted any more: rm ${scripts.path('.offsite')}`)
    expect(status.exitCode).toBe(21)
    expect(preflight.output).toContain(`check: S3 keys: BROKEN, ${words}`)
    expect(backup.output).toContain('off-site copy: FAILED; the local archive is kept: ')
    expect(backup.exitCode).toBe(21)
    for (const made of scripts.archives.filter((name) => name !== archive)) rmSync(scripts.path(made))
  })

  it('names a stream that no archive holds yet, and is healthy', async () => {
    await jetstream.manager.streams.add({ name: 'ORDERS', subjects: ['orders'] })
    const { output, exitCode } = await scripts.status()
    await jetstream.manager.streams.delete('ORDERS')
    expect(output).toContain('2 streams in NATS')
    expect(output).toContain('not in an archive yet: ORDERS')
    expect(exitCode).toBe(0)
  })

  it('misses a stream that the newest archive holds', async () => {
    const { config } = await jetstream.manager.streams.info('AGENTESE')
    await jetstream.manager.streams.delete('AGENTESE')
    const { output, exitCode } = await scripts.status()
    await jetstream.manager.streams.add(config)
    expect(output).toContain('NATS lacks streams that the newest archive holds: AGENTESE')
    expect(exitCode).toBe(12)
  })

  it.each(['nats-20991231T235959Z.tar.gz', 'nats-99999999T999999Z.tar.gz', archiveName(-0.01)])(
    'does not take %s for the newest: its time is to come',
    async (future) => {
      copyFileSync(scripts.path(archive), scripts.path(future))
      const { output, exitCode } = await scripts.status()
      const restored = await scripts.restore(['--dry-run'])
      const named = await scripts.restore(['--inspect', archive])
      rmSync(scripts.path(future))
      const words = `the newest archive is named for a time to come: ${future} (local)`
      expect(output).toContain(`check: archive: BROKEN, ${words}`)
      expect(exitCode).toBe(43)
      expect(restored.output).toContain(`restore failed: ${words}`)
      expect(restored.exitCode).toBe(43)
      expect(named.exitCode).toBe(0)
    },
  )

  it('bears with a clock that is some minutes ahead', async () => {
    const ahead = archiveName(-1 / 24 / 60)
    copyFileSync(scripts.path(archive), scripts.path(ahead))
    const { output } = await scripts.status()
    rmSync(scripts.path(ahead))
    expect(output).toMatch(new RegExp(`^check: archive: ok, ${ahead}, `, 'm'))
  })

  it('tells when the volume has no room for two archives like the newest, and a backup when for none', async () => {
    const { size } = statSync(scripts.path(archive))
    const looked = async (room: number, look: () => Promise<Ended>) => {
      const putBack = scripts.withRoomFor(room * size)
      const ended = await look()
      putBack()
      return ended
    }
    const short = await looked(1.9, () => scripts.status())
    expect(short.output).toMatch(
      /^check: space: BROKEN, only .* are left on .*\n.*why: the newest archive takes .*; the next but one/m,
    )
    expect(short.exitCode).toBe(42)
    const preflight = () => scripts.backup({}, ['--dry-run'])
    const full = await looked(0.9, preflight)
    expect(full.output).toMatch(
      /^check: volume: BROKEN, the backup volume \S+ is full: about .* needed, .* available$/m,
    )
    expect(full.exitCode).toBe(15)
    // What is past its time makes room before the new archive is written.
    const expired = archiveName(8)
    copyFileSync(scripts.path(archive), scripts.path(expired))
    const freed = await looked(0.9, preflight)
    rmSync(scripts.path(expired))
    expect(freed.output).toMatch(/^check: volume: ok, .* available on \S+, 2 archives there$/m)
    expect(freed.exitCode).toBe(0)
  })

  it('finds no archive, or a damaged one', async () => {
    const damaged = archiveName(0)
    scripts.put(damaged, 'not an archive')
    const { output, exitCode } = await scripts.status()
    expect(output).toContain(`content: BROKEN, the archive ${damaged} is damaged`)
    expect(exitCode).toBe(14)
    truncateSync(scripts.path(damaged))
    expect((await scripts.status({}, ['--verify'])).output).toContain('why: the file is empty')
    scripts.clear()
    expect(await scripts.status()).toMatchObject({ exitCode: 30 })
  })
})
