import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { archiveName, type BackupScripts, usersConfig } from './backup-scripts'
import { JetStream } from './connection'
import { EmptySite } from './empty-site'
import { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let servers: LocalServers
let jetstream: JetStream
let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ servers, jetstream, scripts } = await scriptsAtServers(closing, 1))
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  for (let index = 0; index < 50; index++) await jetstream.client.publish('agentese.x', `message ${index}`)
})

afterEach(() => {
  expect(scripts.leavesNothing).toBe(true)
  scripts.clear()
})

describe('a backup', () => {
  it('says what it did, in plain lines', async () => {
    const { output, exitCode } = await scripts.backup()
    expect(
      output
        .replace(/nats-\d{8}T\d{6}Z/g, 'nats-TIME')
        .replace(/\d+ s:/, 'N s:')
        .split('\n'),
    ).toEqual([
      `server: n0, NATS 2.15.2, user backup at ${servers.site.server}`,
      'stream: AGENTESE                       50 messages    0 consumers  sequences 1 to 50',
      expect.stringMatching(/^archive: .*\/nats-TIME\.tar\.gz, [\d.]+ [KM]?i?B, read back and verified$/),
      'off-site copy: disabled (no secret nats-backup-s3)',
      'retention: 7 days; 1 archive kept, 0 removed',
      'backup: succeeded in N s: nats-TIME.tar.gz',
    ])
    expect(exitCode).toBe(0)
    expect(scripts.files).toEqual(scripts.archives)
  })

  it('removes what a killed run left, and nothing that is not its own', async () => {
    const foreign = [
      'nats-2020.tar.gz',
      'notes.txt',
      'nats-20200101T000000Z.tar.gz.bak',
      'my-nats-20200101T000000Z.tar.gz',
      '.nats-notes.partial',
    ]
    for (const name of foreign) scripts.put(name, 'foreign')
    scripts.put('.nats-20200101T000000Z.tar.gz.partial', 'half')
    const { output } = await scripts.backup()
    expect(output).toContain(
      'leftover: removed .nats-20200101T000000Z.tar.gz.partial of a run that was killed',
    )
    expect(
      scripts.files.filter((name) => !scripts.archives.includes(name) || foreign.includes(name)),
    ).toEqual(foreign.toSorted())
  })

  it('makes one archive a Job, however often it is retried', async () => {
    const first = await scripts.backup({ JOB_UID: 'job-1' })
    const retry = await scripts.backup({ JOB_UID: 'job-1' })
    expect([first.exitCode, retry.exitCode]).toEqual([0, 0])
    expect(retry.output).toContain('was made by an earlier attempt of this Job; not made again')
    expect(scripts.archives).toHaveLength(1)
  })

  it('waits for another one, and gives up', async () => {
    using _ = await scripts.heldLock()
    const { output, exitCode } = await scripts.backup({ LOCK_SECONDS: '1' })
    expect(output).toContain('backup failed: another backup has been running for more than 1 s')
    expect(exitCode).toBe(16)
  })
})

describe('retention', () => {
  it('removes archives of more than 7 days to the second, by their names', async () => {
    const [kept, expired] = [archiveName(6.999), archiveName(7.001)]
    const others = [1, 2, 3, 4, 5].map(archiveName)
    for (const name of [kept, expired, ...others]) scripts.put(name, 'an archive')
    const { output } = await scripts.backup()
    expect(output).toContain(`retention: 7 days; 7 archives kept, 1 removed: ${expired}`)
    expect(scripts.archives).toContain(kept)
    expect(scripts.archives).not.toContain(expired)
  })

  it('keeps as many as there are days when all the others are too old at once', async () => {
    for (let days = 40; days < 49; days++) scripts.put(archiveName(days), 'an archive')
    const { output } = await scripts.backup()
    const removed = [48, 47, 46].map(archiveName).map((name) => name.slice(0, 13))
    expect(output).toContain('retention: 7 days; 7 archives kept, 3 removed: ')
    for (const day of removed) expect(scripts.archives.some((name) => name.startsWith(day))).toBe(false)
  })

  it('removes nothing when the backup fails', async () => {
    scripts.put(archiveName(30), 'an archive')
    expect((await scripts.backup({ NATS_URL: 'nats://127.0.0.1:1' })).exitCode).toBe(10)
    expect(scripts.archives).toHaveLength(1)
  })
})

describe('a backup that fails says why, ends with a code of its own and makes no archive:', () => {
  const failures: ReadonlyArray<[string, Record<string, string>, number, string]> = [
    [
      'NATS is down',
      { NATS_URL: 'nats://127.0.0.1:1' },
      10,
      'NATS is down: nats://127.0.0.1:1 refuses connections',
    ],
    ['no such host', { NATS_URL: 'nats://nats.invalid' }, 10, 'the name of the NATS server does not resolve'],
    ['wrong password', { NATS_PASSWORD: 'wrong' }, 11, 'NATS refuses the user "backup"'],
    ['a stream is expected', { EXPECT_STREAMS: 'AGENTESE ORDERS' }, 12, 'the stream ORDERS is not there'],
    ['no volume', { BACKUP_DIR: '/nowhere' }, 15, 'the backup folder /nowhere does not exist'],
    ['no number', { RETENTION_DAYS: 'seven' }, 2, 'RETENTION_DAYS is "seven"'],
    ['an octal number', { RETENTION_DAYS: '010' }, 2, 'RETENTION_DAYS is "010"'],
    ['nothing is kept', { RETENTION_DAYS: '0' }, 2, 'RETENTION_DAYS is 0'],
  ]
  it.each(failures)('%s', async (_, settings, code, message) => {
    const { output, exitCode } = await scripts.backup(settings)
    expect(output).toContain(`backup failed: ${message}`)
    expect(output).toMatch(/\n {3}why: .+\n {2}next: .+\n {2}exit: \d+ \([a-z-]+\)$/)
    expect(exitCode).toBe(code)
    expect(scripts.files).toEqual([])
  })

  it('a stream in memory, unless it is left out on purpose', async () => {
    const { StorageType } = await import('nats')
    await jetstream.manager.streams.add({ name: 'CACHE', subjects: ['cache'], storage: StorageType.Memory })
    const failed = await scripts.backup()
    expect(failed.output).toContain('backup failed: stream CACHE cannot be backed up; no archive was made')
    expect(failed.exitCode).toBe(13)
    const left = await scripts.backup({ EXCLUDE_STREAMS: 'CACHE' })
    expect(left.output).toContain('stream: CACHE is left out on purpose (EXCLUDE_STREAMS)')
    expect(left.exitCode).toBe(0)
    await jetstream.manager.streams.delete('CACHE')
  })

  it('a volume that cannot be written', async () => {
    rmSync(scripts.path('.lock'), { force: true })
    mkdirSync(scripts.path('.lock'))
    const { output, exitCode } = await scripts.backup()
    rmdirSync(scripts.path('.lock'))
    expect(output).toMatch(
      /^backup failed: the backup volume .* cannot be written\n {3}why: .*Is a directory$/m,
    )
    expect(exitCode).toBe(15)
    expect(scripts.files).toEqual([])
  })

  it('an empty account, unless that was said to be right', async () => {
    await using empty = await LocalServers.start(1, usersConfig())
    await using away = await JetStream.open(empty.site)
    await new EmptySite(away).putBack()
    const refused = await scripts.backup({ NATS_URL: empty.site.server })
    expect(refused.output).toContain('backup failed: the account holds no streams; no archive was made')
    expect(refused.exitCode).toBe(12)
    expect(scripts.files).toEqual([])
    const blank = await scripts.backup({ NATS_URL: empty.site.server, EXPECT_STREAMS: ' ' })
    expect(blank.exitCode).toBe(12)
    expect((await scripts.backup({ NATS_URL: empty.site.server, EXPECT_STREAMS: 'none' })).exitCode).toBe(0)
  })
})

describe.skipIf(process.getuid?.() !== 0)('a backup volume of 256 KiB (mounting one takes root)', () => {
  const folder = () => scripts.path('small')
  const [expired, damaged] = [archiveName(8), archiveName(1)]

  beforeAll(async () => {
    mkdirSync(folder())
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder()])
    const { randomBytes } = await import('node:crypto')
    await jetstream.client.publish('agentese.big', randomBytes(150_000))
  })

  afterAll(() => {
    execFileSync('umount', [folder()])
    execFileSync('rmdir', [folder()])
  })

  it('that is full is named with what is needed, and the only good archive stays however old it is', async () => {
    expect((await scripts.backup({ BACKUP_DIR: folder() })).exitCode).toBe(0)
    execFileSync('bash', ['-c', `cd ${folder()} && mv nats-* ${expired}`])
    copyFileSync('/etc/hostname', `${folder()}/${damaged}`)
    const { output, exitCode } = await scripts.backup({ BACKUP_DIR: folder() })
    expect(output).toMatch(
      /backup failed: the backup volume .* is full: [\d.]+ KiB needed, [\d.]+ KiB available/,
    )
    expect(output).toContain('2 archives kept, 0 removed')
    expect(exitCode).toBe(15)
    expect(readdirSync(folder()).sort()).toEqual(['.lock', expired, damaged])
  })

  it('has room again once a newer archive is good and the old one has expired', async () => {
    const nothing = { EXPECT_STREAMS: 'none', EXCLUDE_STREAMS: 'AGENTESE' }
    expect((await scripts.backup({ BACKUP_DIR: folder(), ...nothing, RETENTION_DAYS: '9' })).exitCode).toBe(0)
    const { output, exitCode } = await scripts.backup({ BACKUP_DIR: folder() })
    expect(output).toContain('is short of space; removing expired archives before the new one is written')
    expect(output).toContain(`1 removed: ${expired}`)
    expect(exitCode).toBe(0)
  })
})
