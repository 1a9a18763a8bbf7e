import { beforeAll, describe, expect, it } from 'vitest'
import { messageOf } from '../errors'
import { eventually } from '../eventually'
import type { BackupScripts } from './backup-scripts'
import type { JetStream } from './connection'
import type { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let servers: LocalServers
let jetstream: JetStream
let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ servers, jetstream, scripts } = await scriptsAtServers(closing, 3))
  const { AckPolicy, RetentionPolicy } = await import('nats')
  const { manager, client } = jetstream
  await manager.streams.add({
    name: 'SETTINGS',
    subjects: ['settings.>'],
    max_msgs_per_subject: 1,
    num_replicas: 3,
  })
  await manager.streams.add({ name: 'JOBS', subjects: ['jobs.>'], retention: RetentionPolicy.Workqueue })
  await manager.consumers.add('JOBS', { durable_name: 'worker', ack_policy: AckPolicy.Explicit })
  for (let index = 0; index < 20; index++) {
    await client.publish(`settings.${index}`, 'first')
    await client.publish('jobs.x', `job ${index}`)
  }
  expect(await scripts.backup({ EXPECT_STREAMS: '' })).toMatchObject({ exitCode: 0 })
})

/** Restores a stream, and as soon as it's there an application does something with it. */
async function restored(stream: string, application: string) {
  const putBack = scripts.inPlaceOfNats(`
"$NATS" "$@" || exit
[[ $* == *'backup restore stream'* ]] || exit 0
export NATS_USER=app NATS_PASSWORD=app-password
${application} >/dev/null 2>&1`)
  try {
    return await scripts.restore(['--stream', stream, '--replace', '--confirm', stream])
  } finally {
    putBack()
  }
}

describe('a restore while applications are at work', () => {
  it('takes a key that was written anew for what it is', async () => {
    const { output, exitCode } = await restored('SETTINGS', '"$NATS" pub --jetstream \'settings.7\' second')
    expect(output).toMatch(/^ {2}consumed or written anew since: 1 message$/m)
    expect(exitCode).toBe(0)
  })

  it('takes jobs that were done for what they are', async () => {
    const done = '"$NATS" consumer next JOBS worker --count=3 --ack'
    const { output, exitCode } = await restored('JOBS', done)
    expect(output).toMatch(/^ {2}consumed or written anew since: 3 messages$/m)
    expect(exitCode).toBe(0)
  })

  it('ends with what differs, when a message is missing that nobody has taken', async () => {
    const { output, exitCode } = await restored(
      'SETTINGS',
      'until "$NATS" stream rmm SETTINGS 5 --force; do :; done',
    )
    expect(output).toContain('restore failed: stream SETTINGS was restored, but differs from the manifest')
    expect(output).toContain('why: 19 messages instead of 20')
    expect(exitCode).toBe(34)
  })
})

describe('a stream of three replicas, while one server is away', () => {
  const args = ['--stream', 'SETTINGS', '--replace', '--confirm', 'SETTINGS']

  it('is not removed, since it could not be made anew; with fewer replicas it is', async () => {
    const created = async () => (await jetstream.manager.streams.info('SETTINGS')).created
    await servers.stop(2)
    await eventually({ name: 'a stream that knows that a server is away', ms: 30_000 }, async () => {
      // Where it was the leader, nobody answers for a moment.
      const info = await jetstream.manager.streams.info('SETTINGS').catch(messageOf)
      if (typeof info === 'string') return { seen: info }
      const away = info.cluster?.replicas?.some(({ offline }) => offline)
      return away ? { found: undefined } : { seen: JSON.stringify(info.cluster) }
    })
    const before = await created()
    const { output, exitCode } = await scripts.restore(args)
    expect(output).toContain(
      'restore failed: a server that keeps a replica is away; nothing was changed: SETTINGS (n2)',
    )
    expect(output).toMatch(/--stream SETTINGS --replicas 1 --replace --confirm SETTINGS$/m)
    expect(exitCode).toBe(32)
    expect(await created()).toBe(before)
    expect(await scripts.restore([...args, '--replicas', '1'])).toMatchObject({ exitCode: 0 })
  })
})
