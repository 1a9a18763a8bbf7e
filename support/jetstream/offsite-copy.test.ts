import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { type LocalStore, startLocalStore } from '../objectstore/local-store'
import { openSlowerWay } from '../objectstore/slower-way'
import { type ObjectStore, openStore } from '../objectstore/store'
import { archiveName, BackupScripts, usersConfig } from './backup-scripts'
import { JetStream } from './connection'
import { LocalServers } from './local-servers'
import { closedAfterAll } from './scripts-at-servers'

const bucket = 'kgents-dr-backups'
const policy = join(checkout, 'fixtures', 'nats', 's3', 'backup-policy.json')

let servers: LocalServers
let local: LocalStore
let store: ObjectStore
let scripts: BackupScripts
let settings: Record<string, string>

const closing = closedAfterAll()

beforeAll(async () => {
  servers = closing.use(await LocalServers.start(1, usersConfig()))
  await using jetstream = await JetStream.open(servers.site)
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  await jetstream.client.publish('agentese.x', 'message')
  local = closing.use(await startLocalStore())
  store = await openStore(local.address)
  await store.s3.makeBucket(bucket)
  settings = { AWS_ENDPOINT_URL: local.address.s3.direct, ...(await backupUser()) }
  scripts = closing.use(await BackupScripts.open(servers.site.server, settings))
})

/** A user that has one policy, the published one, and nothing else. */
async function backupUser(name = 'nats-backup', document = readFileSync(policy, 'utf8')) {
  await store.iam('CreateUser', { UserName: name })
  await store.iam('PutUserPolicy', { UserName: name, PolicyName: 'backup', PolicyDocument: document })
  const { AccessKey } = (await store.iam('CreateAccessKey', { UserName: name })) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string }
  }
  return { AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey }
}

async function keys(): Promise<string[]> {
  const found: string[] = []
  for await (const item of store.s3.listObjectsV2(bucket, '', true)) found.push(item.name)
  return found
}

describe('the off-site copy', () => {
  it('is uploaded by a user with the published policy, and verified', async () => {
    const { output, exitCode } = await scripts.backup({ JOB_UID: 'job' })
    expect(output).toMatch(
      /^off-site copy: uploaded s3:\/\/kgents-dr-backups\/nats\/nats-\S+, .+, sha256 verified$/m,
    )
    expect(exitCode).toBe(0)
    expect(await keys()).toEqual(scripts.archives.map((name) => `nats/${name}`))
  })

  it('is a warning when S3 refuses connections; the next backup uploads what is missing', async () => {
    const down = await scripts.backup({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', JOB_UID: 'other' })
    expect(down.output).toContain('off-site copy: FAILED; the local archive is kept: ')
    expect(down.output).toContain('why: connection refused by http://127.0.0.1:1')
    expect(down.exitCode).toBe(0)
    const caughtUp = await scripts.backup({ JOB_UID: 'next' })
    expect(caughtUp.exitCode).toBe(0)
    expect((await keys()).sort()).toEqual(scripts.archives.map((name) => `nats/${name}`))
    expect((await scripts.backup({ JOB_UID: 'next' })).output).toContain(
      'off-site copy: every archive is there already',
    )
  })

  it('fails the backup once the newest copy is two days old; a retry makes no second archive', async () => {
    scripts.put('.offsite', archiveName(2.1))
    const count = scripts.archives.length
    const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', JOB_UID: 'third' }
    for (const attempt of [1, 2]) {
      const { output, exitCode } = await scripts.backup(dead)
      expect(output, `attempt ${attempt}`).toContain('; the newest off-site copy is 50 h old (limit 48 h)')
      expect(exitCode).toBe(20)
    }
    expect(scripts.archives).toHaveLength(count + 1)
  })

  it.each([
    [
      'a secret key that is wrong',
      { AWS_SECRET_ACCESS_KEY: 'wrong' },
      'the keys in secret nats-backup-s3 are not valid',
    ],
    ['a bucket that is not there', { BACKUP_BUCKET: 'nowhere' }, 'permission denied for key'],
    ['another prefix', { BACKUP_PREFIX: 'velero/' }, 'permission denied for key'],
    ['a placeholder', { AWS_ACCESS_KEY_ID: 'REPLACE_WITH_REAL_KEY' }, 'holds a placeholder instead of keys'],
    ['half a secret', { AWS_SECRET_ACCESS_KEY: '' }, 'lacks AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY'],
  ])('fails the backup at once for %s, and the local archive is kept', async (_, wrong, why) => {
    const { output, exitCode } = await scripts.backup({ JOB_UID: 'fourth', ...wrong })
    expect(output).toContain('backup failed: off-site copy: FAILED; the local archive is kept: ')
    expect(output).toContain(why)
    expect(exitCode).toBe(21)
  })

  it('says so when a user may look but not upload', async () => {
    const document = readFileSync(policy, 'utf8').replace('"s3:PutObject", ', '')
    const reader = await backupUser('reader', document)
    const { output, exitCode } = await scripts.backup({ ...reader, JOB_UID: 'fifth' })
    expect(output).toContain(`why: permission denied for key ${reader.AWS_ACCESS_KEY_ID}`)
    expect(output).toContain('PutObject')
    expect(exitCode).toBe(21)
  })

  it('names a bucket that is not there, to a user that may know', async () => {
    const { accessKey, secretKey } = local.address.s3
    const admin = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey }
    const { output, exitCode } = await scripts.backup({
      ...admin,
      JOB_UID: 'fourth',
      BACKUP_BUCKET: 'nowhere',
    })
    expect(output).toContain('why: the bucket nowhere does not exist')
    expect(exitCode).toBe(21)
  })
})

it('is looked at before a backup and after it, line by line', async () => {
  const endpoint = local.address.s3.direct
  scripts.clear()
  expect(await scripts.backup()).toMatchObject({ exitCode: 0 })
  const { length: there } = await keys()
  const looked = await scripts.backup({}, ['--dry-run'])
  expect(looked.output.split('\n').slice(-4)).toEqual([
    expect.stringMatching(/^check: versions: ok, NATS 2.15.2, nats CLI 0.5.0, aws-cli\/\S+$/),
    `check: S3: ok, ${endpoint} answers`,
    `check: S3 keys: ok, ${there} archives in s3://${bucket}/nats/`,
    'backup --dry-run: ready: nothing was changed; every check is ok',
  ])
  const { output } = await scripts.status()
  expect(output.split('\n').slice(-2)).toEqual([
    `check: off-site copy: ok, s3://${bucket}/nats/${scripts.archives.at(-1)} is equal, ${there} archives there`,
    'backup-status: healthy',
  ])
})

it('that is another than the archive is told by `backup-status`, with what S3 has', async () => {
  const name = scripts.archives.at(-1) ?? expect.fail('no archive')
  await store.s3.putObject(bucket, `nats/${name}`, 'something else')
  const { output, exitCode } = await scripts.status()
  expect(output).toContain(`check: off-site copy: BROKEN, the copy of ${name} in S3 is not good`)
  expect(output).toContain('why: not what lies on the volume: {"ContentLength":14,')
  expect(exitCode).toBe(14)
  await store.s3.removeObject(bucket, `nats/${name}`)
  expect((await scripts.backup({ JOB_UID: 'again' })).exitCode).toBe(0)
})

it('that somebody overwrites while it is verified is a warning; the next backup uploads it again', async () => {
  scripts.clear()
  const overwrite = async () => {
    const name = scripts.archives.at(-1) ?? expect.fail('no archive')
    await store.s3.putObject(bucket, `nats/${name}`, 'something else')
  }
  await using way = await openSlowerWay(local.address.s3.direct, overwrite)
  const { output, exitCode } = await scripts.backup({ AWS_ENDPOINT_URL: way.url, JOB_UID: 'overtaken' })
  expect(output).toContain('off-site copy: FAILED; the local archive is kept: ')
  expect(output).toContain('why: not what lies on the volume: {"ContentLength":14,')
  expect(exitCode).toBe(0)
  const again = await scripts.backup({ JOB_UID: 'after it was overtaken' })
  expect(again.output).toMatch(/^off-site copy: uploaded .*, sha256 verified$/m)
})

it('that is good stays when the archive on the volume is damaged', async () => {
  scripts.clear()
  await scripts.backup({ JOB_UID: 'before the damage' })
  const name = scripts.archives.at(-1) ?? expect.fail('no archive')
  const copy = async () => (await store.s3.statObject(bucket, `nats/${name}`)).etag
  const before = await copy()
  scripts.put(name, '')
  const { output, exitCode } = await scripts.backup({ JOB_UID: 'after the damage' })
  expect(output).toContain(`off-site copy: ${name} is damaged; not copied to S3\n   why: the file is empty\n`)
  expect(output).not.toContain('every archive is there already')
  expect(exitCode).toBe(0)
  expect(await copy()).toBe(before)
})

it('that was added by somebody, for a time to come, is found, and no restore takes it', async () => {
  const name = 'nats-20991231T235959Z.tar.gz'
  await store.s3.putObject(bucket, `nats/${name}`, 'something else')
  const { output, exitCode } = await scripts.status()
  const restored = await scripts.restore(['--from', 's3'])
  await store.s3.removeObject(bucket, `nats/${name}`)
  const words = `the newest archive is named for a time to come: ${name} (s3)`
  expect(output).toContain(`check: off-site copy: BROKEN, ${words}`)
  expect(exitCode).toBe(43)
  expect(restored.output).toContain(`restore failed: ${words}`)
  expect(restored.exitCode).toBe(43)
})

describe('a restore from S3', () => {
  it('takes the newest archive, without any local one', async () => {
    await using second = await LocalServers.start(1, usersConfig())
    const { output, exitCode } = await scripts.restore(['--from', 's3'], {
      NATS_URL: second.site.server,
      BACKUP_DIR: '/nowhere',
    })
    expect(output).toMatch(/^restored: AGENTESE +1 messages/m)
    expect(exitCode).toBe(0)
  })

  it('that can only be listed takes the newest archive on the volume instead, when any will do', async () => {
    await using second = await LocalServers.start(1, usersConfig())
    const document = readFileSync(policy, 'utf8').replace('"s3:GetObject", ', '')
    const newest = archiveName(0)
    await store.s3.putObject(bucket, `nats/${newest}`, 'in S3 only')
    const { output, exitCode } = await scripts.restore(['--from', 'any'], {
      ...(await backupUser('lister', document)),
      NATS_URL: second.site.server,
    })
    await store.s3.removeObject(bucket, `nats/${newest}`)
    expect(output).toContain('S3: FAILED; the archives on the backup volume are used instead')
    expect(output).toMatch(new RegExp(`^restore: succeeded .* of ${scripts.archives.at(-1)}`, 'm'))
    expect(exitCode).toBe(0)
  })

  it('lists what is there, and says why it cannot', async () => {
    expect((await scripts.restore(['--list', '--from', 's3'])).output.split('\n')).toEqual(
      (await keys()).map((key) => key.slice('nats/'.length)),
    )
    const down = await scripts.restore(['--from', 's3'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })
    expect(down.output).toContain(
      'restore failed: the archives in s3://kgents-dr-backups/nats/ cannot be listed; nothing was changed',
    )
    expect(down.exitCode).toBe(20)
  })
})

it('that was never made is counted from the oldest archive there ever was', async () => {
  const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
  scripts.clear()
  expect((await scripts.backup(dead)).exitCode).toBe(0)
  rmSync(scripts.path('.offsite-since'))
  scripts.put(archiveName(3), 'an archive')
  // The first one removes the old archive, as too old; the second one still knows of it.
  for (const _ of [1, 2]) {
    const { output, exitCode } = await scripts.backup({ ...dead, RETENTION_DAYS: '1' })
    expect(output).toContain('; the newest off-site copy is 72 h old (limit 48 h)')
    expect(exitCode).toBe(20)
  }
  expect((await scripts.backup()).exitCode).toBe(0)
  expect(scripts.files).not.toContain('.offsite-since')
})
