import { beforeAll, describe, expect, it } from 'vitest'
import { bucket } from '../backup/s3-user'
import { archiveName, usersConfig } from './backup-scripts'
import { LocalServers } from './local-servers'
import { closedAfterAll } from './scripts-at-servers'
import { policy, ScriptsAtStore } from './scripts-at-store'

let at: ScriptsAtStore

const closing = closedAfterAll()

beforeAll(async () => {
  at = await ScriptsAtStore.open(closing)
  expect((await at.scripts.backup()).exitCode).toBe(0)
})

describe('a restore from S3', () => {
  it.each(['s3', 'any'])('takes the newest archive, without any local one: --from %s', async (from) => {
    await using second = await LocalServers.start(1, usersConfig())
    const { output, exitCode } = await at.scripts.restore(['--from', from], {
      NATS_URL: second.site.server,
      BACKUP_DIR: '/nowhere',
    })
    expect(output).toMatch(/^restored: AGENTESE +1 messages/m)
    expect(exitCode).toBe(0)
  })

  it('that can only be listed takes the newest archive on the volume instead, when any will do', async () => {
    await using second = await LocalServers.start(1, usersConfig())
    const document = policy.replace('"s3:GetObject", ', '')
    const newest = archiveName(0)
    await at.store.s3.putObject(bucket, `nats/${newest}`, 'in S3 only')
    const { output, exitCode } = await at.scripts.restore(['--from', 'any'], {
      ...(await at.user('lister', document)),
      NATS_URL: second.site.server,
    })
    await at.store.s3.removeObject(bucket, `nats/${newest}`)
    expect(output).toContain('S3: FAILED; the archives on the backup volume are used instead')
    expect(output).toMatch(new RegExp(`^restore: succeeded .* of ${at.scripts.archives.at(-1)}`, 'm'))
    expect(exitCode).toBe(0)
  })

  it('lists what is there, and says why it cannot', async () => {
    expect((await at.scripts.restore(['--list', '--from', 's3'])).output.split('\n')).toEqual(
      (await at.keys()).map((key) => key.slice('nats/'.length)),
    )
    const down = await at.scripts.restore(['--from', 's3'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })
    expect(down.output).toContain(
      'restore failed: the archives in s3://kgents-dr-backups/nats/ cannot be listed; nothing was changed',
    )
    expect(down.exitCode).toBe(20)
  })

  it('is asked for its versions, where it has none of that id', async () => {
    const [archive = ''] = at.scripts.archives
    const version = '11111111-1111-4111-8111-111111111111'
    const args = ['--from', 's3', '--archive', archive, '--version-id', version]
    const { output, exitCode } = await at.scripts.restore(args, at.admin)
    expect(output).toContain(
      `the archive s3://${bucket}/nats/${archive} cannot be fetched; nothing was changed`,
    )
    expect(output).toContain(`aws s3api list-object-versions --bucket ${bucket} --prefix nats/${archive}`)
    expect(exitCode).toBe(30)
  })
})
