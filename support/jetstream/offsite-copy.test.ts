import { rmSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { bucket } from '../backup/s3-user'
import { openSlowerWay } from '../objectstore/slower-way'
import { archiveName } from './backup-scripts'
import { closedAfterAll } from './scripts-at-servers'
import { policy, ScriptsAtStore } from './scripts-at-store'

let at: ScriptsAtStore

const closing = closedAfterAll()

beforeAll(async () => {
  at = await ScriptsAtStore.open(closing)
})

describe('the off-site copy', () => {
  it('is uploaded by a user with the published policy, and verified', async () => {
    const { output, exitCode } = await at.scripts.backup({ JOB_UID: 'job' })
    expect(output).toMatch(
      /^off-site copy: uploaded s3:\/\/kgents-dr-backups\/nats\/nats-\S+, .+, sha256 verified$/m,
    )
    expect(exitCode).toBe(0)
    expect(await at.keys()).toEqual(at.scripts.archives.map((name) => `nats/${name}`))
  })

  it('is a warning when S3 refuses connections; the next backup uploads what is missing', async () => {
    const down = await at.scripts.backup({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', JOB_UID: 'other' })
    expect(down.output).toContain('off-site copy: FAILED; the local archive is kept: ')
    expect(down.output).toContain('why: connection refused by http://127.0.0.1:1')
    expect(down.exitCode).toBe(0)
    const caughtUp = await at.scripts.backup({ JOB_UID: 'next' })
    expect(caughtUp.exitCode).toBe(0)
    expect((await at.keys()).sort()).toEqual(at.scripts.archives.map((name) => `nats/${name}`))
    expect((await at.scripts.backup({ JOB_UID: 'next' })).output).toContain(
      'off-site copy: every archive is there already',
    )
  })

  it('fails the backup once the newest copy is two days old; a retry makes no second archive', async () => {
    at.scripts.put('.offsite', archiveName(2.1))
    const count = at.scripts.archives.length
    const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', JOB_UID: 'third' }
    for (const attempt of [1, 2]) {
      const { output, exitCode } = await at.scripts.backup(dead)
      expect(output, `attempt ${attempt}`).toContain('; the newest off-site copy is 50 h old (limit 48 h)')
      expect(exitCode).toBe(20)
    }
    expect(at.scripts.archives).toHaveLength(count + 1)
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
    const { output, exitCode } = await at.scripts.backup({ JOB_UID: 'fourth', ...wrong })
    expect(output).toContain('backup failed: off-site copy: FAILED; the local archive is kept: ')
    expect(output).toContain(why)
    expect(exitCode).toBe(21)
  })

  it('says so when a user may look but not upload', async () => {
    const document = policy.replace('"s3:PutObject", ', '')
    const reader = await at.user('reader', document)
    const { output, exitCode } = await at.scripts.backup({ ...reader, JOB_UID: 'fifth' })
    expect(output).toContain(`why: permission denied for key ${reader.AWS_ACCESS_KEY_ID}`)
    expect(output).toContain('PutObject')
    expect(exitCode).toBe(21)
  })

  it('names a bucket that is not there, to a user that may know', async () => {
    const { output, exitCode } = await at.scripts.backup({
      ...at.admin,
      JOB_UID: 'fourth',
      BACKUP_BUCKET: 'nowhere',
    })
    expect(output).toContain('why: the bucket nowhere does not exist')
    expect(exitCode).toBe(21)
  })
})

it('is looked at before a backup and after it, line by line', async () => {
  const endpoint = at.local.address.s3.direct
  at.scripts.clear()
  expect(await at.scripts.backup()).toMatchObject({ exitCode: 0 })
  const { length: there } = await at.keys()
  const looked = await at.scripts.backup({}, ['--dry-run'])
  expect(looked.output.split('\n').slice(-4)).toEqual([
    expect.stringMatching(/^check: versions: ok, NATS 2.15.2, nats CLI 0.5.0, aws-cli\/\S+$/),
    `check: S3: ok, ${endpoint} answers`,
    `check: S3 keys: ok, ${there} archives in s3://${bucket}/nats/`,
    'backup --dry-run: ready: nothing was changed; every check is ok',
  ])
  const { output } = await at.scripts.status()
  expect(output.split('\n').slice(-2)).toEqual([
    `check: off-site copy: ok, s3://${bucket}/nats/${at.scripts.archives.at(-1)} is equal, ${there} archives there`,
    'backup-status: healthy',
  ])
})

it('that is another than the archive is told by `backup-status`, with what S3 has', async () => {
  const name = at.scripts.archives.at(-1) ?? expect.fail('no archive')
  await at.store.s3.putObject(bucket, `nats/${name}`, 'something else')
  const { output, exitCode } = await at.scripts.status()
  expect(output).toContain(`check: off-site copy: BROKEN, the copy of ${name} in S3 is not good`)
  expect(output).toContain('why: not what lies on the volume: {"ContentLength":14,')
  expect(exitCode).toBe(14)
  await at.store.s3.removeObject(bucket, `nats/${name}`)
  expect((await at.scripts.backup({ JOB_UID: 'again' })).exitCode).toBe(0)
})

it('that somebody overwrites while it is verified is a warning; the next backup uploads it again', async () => {
  at.scripts.clear()
  const overwrite = async () => {
    const name = at.scripts.archives.at(-1) ?? expect.fail('no archive')
    await at.store.s3.putObject(bucket, `nats/${name}`, 'something else')
  }
  await using way = await openSlowerWay(at.local.address.s3.direct, overwrite)
  const { output, exitCode } = await at.scripts.backup({ AWS_ENDPOINT_URL: way.url, JOB_UID: 'overtaken' })
  expect(output).toContain('off-site copy: FAILED; the local archive is kept: ')
  expect(output).toContain('why: not what lies on the volume: {"ContentLength":14,')
  expect(exitCode).toBe(0)
  const again = await at.scripts.backup({ JOB_UID: 'after it was overtaken' })
  expect(again.output).toMatch(/^off-site copy: uploaded .*, sha256 verified$/m)
})

it('that is good stays when the archive on the volume is damaged', async () => {
  at.scripts.clear()
  await at.scripts.backup({ JOB_UID: 'before the damage' })
  const name = at.scripts.archives.at(-1) ?? expect.fail('no archive')
  const copy = async () => (await at.store.s3.statObject(bucket, `nats/${name}`)).etag
  const before = await copy()
  at.scripts.put(name, '')
  const { output, exitCode } = await at.scripts.backup({ JOB_UID: 'after the damage' })
  expect(output).toContain(`off-site copy: ${name} is damaged; not copied to S3\n   why: the file is empty\n`)
  expect(output).not.toContain('every archive is there already')
  expect(exitCode).toBe(0)
  expect(await copy()).toBe(before)
})

it('that was added by somebody, for a time to come, is found, and no restore takes it', async () => {
  const name = 'nats-20991231T235959Z.tar.gz'
  await at.store.s3.putObject(bucket, `nats/${name}`, 'something else')
  const { output, exitCode } = await at.scripts.status()
  const restored = await at.scripts.restore(['--from', 's3'])
  await at.store.s3.removeObject(bucket, `nats/${name}`)
  const words = `the newest archive is named for a time to come: ${name} (s3)`
  expect(output).toContain(`check: off-site copy: BROKEN, ${words}`)
  expect(exitCode).toBe(43)
  expect(restored.output).toContain(`restore failed: ${words}`)
  expect(restored.exitCode).toBe(43)
})

it('that was never made is counted from the oldest archive there ever was', async () => {
  const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
  at.scripts.clear()
  expect((await at.scripts.backup(dead)).exitCode).toBe(0)
  rmSync(at.scripts.path('.offsite-since'))
  at.scripts.put(archiveName(3), 'an archive')
  // The first one removes the old archive, as too old; the second one still knows of it.
  for (const _ of [1, 2]) {
    const { output, exitCode } = await at.scripts.backup({ ...dead, RETENTION_DAYS: '1' })
    expect(output).toContain('; the newest off-site copy is 72 h old (limit 48 h)')
    expect(exitCode).toBe(20)
  }
  expect((await at.scripts.backup()).exitCode).toBe(0)
  expect(at.scripts.files).not.toContain('.offsite-since')
})
