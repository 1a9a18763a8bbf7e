import { beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../eventually'
import { brokenPromises, compare } from '../ledger/compare'
import { Ledger } from '../ledger/ledger'
import { recording } from '../ledger/record'
import type { BackupScripts } from './backup-scripts'
import type { JetStream } from './connection'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let jetstream: JetStream
let scripts: BackupScripts
const ledger = new Ledger()

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ jetstream, scripts } = await scriptsAtServers(closing, 1))
  const { manager } = jetstream
  const second = 1_000_000_000
  await manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  await manager.streams.add({ name: 'SESSIONS', subjects: ['sessions.>'], max_age: 20 * second })
  const client = await recording(jetstream, ledger)
  for (const stream of ['agentese', 'sessions']) {
    for (let index = 0; index < 50; index++) await client.publish(`${stream}.x`, `message ${index}`)
  }
  expect((await scripts.backup()).exitCode).toBe(0)
})

const broken = async (stream: string) =>
  brokenPromises(await compare(ledger, jetstream, 'restored')).filter((line) => line.includes(stream))
const created = async () => (await jetstream.manager.streams.info('AGENTESE')).created

describe('restore --replace', () => {
  const args = ['--stream', 'AGENTESE', '--replace']

  it('says what would be lost, and changes nothing without a confirmation of that stream', async () => {
    const before = await created()
    await jetstream.client.publish('agentese.x', 'after the backup')
    for (const confirmation of [[], ['--confirm', 'SESSIONS']]) {
      const { output, exitCode } = await scripts.restore([...args, ...confirmation])
      expect(output).toContain('exists: AGENTESE, 51 messages to sequence 51; the archive has 50 to 50')
      expect(output).toContain('lost if replaced: sequences 51 to 51')
      expect(output).toContain('--replace --confirm AGENTESE')
      expect(exitCode).toBe(31)
    }
    expect(await created()).toBe(before)
  })

  it('would remove it, says a dry run, and does not', async () => {
    const before = await created()
    const { output, exitCode } = await scripts.restore([...args, '--confirm', 'AGENTESE', '--dry-run'])
    expect(output).toMatch(/^would remove: AGENTESE$/m)
    expect(output).toMatch(/^restore --dry-run: nothing was changed$/m)
    expect(exitCode).toBe(0)
    expect(await created()).toBe(before)
  })

  it('replaces it when it is confirmed', async () => {
    const { output, exitCode } = await scripts.restore([...args, '--confirm', 'AGENTESE'])
    expect(output).toMatch(/^replacing: removed stream AGENTESE$/m)
    expect(output).toMatch(
      /^time: archive at hand [\d.]+ s, verified [\d.]+ s, restored [\d.]+ s, compared /m,
    )
    expect(exitCode).toBe(0)
    expect(await broken('AGENTESE')).toEqual([])
  })

  it.each([
    ['--confirm', 'AGENTESE'],
    ['--version-id', 'x'],
    ['--max-age', 'soon'],
    ['--stream'],
    ['--drill', '--replace'],
  ])('refuses %s %s as it stands', async (...wrong) => {
    expect(await scripts.restore(wrong.filter(Boolean))).toMatchObject({ exitCode: 2 })
  })
})

describe('restore of a stream whose subject another stream takes', () => {
  const others = async (subjects: string[]) => {
    const { config } = await jetstream.manager.streams.info('AGENTESE')
    await jetstream.manager.streams.update('AGENTESE', { ...config, subjects: ['moved.>'] })
    await jetstream.manager.streams.add({ name: 'TAKEN', subjects })
  }

  it('is refused before that stream is removed, also by a dry run', async () => {
    await others(['agentese.orders.*'])
    const before = await created()
    for (const more of [['--dry-run'], []]) {
      const { output, exitCode } = await scripts.restore([
        ...['--stream', 'AGENTESE', '--replace', '--confirm', 'AGENTESE'],
        ...more,
      ])
      expect(output).toContain(
        'restore failed: another stream takes subjects of AGENTESE; nothing was changed: TAKEN\n   why: NATS has no two streams for one subject: agentese.>',
      )
      expect(exitCode).toBe(32)
    }
    expect(await created()).toBe(before)
  })

  it('is made when that stream is gone', async () => {
    await jetstream.manager.streams.delete('TAKEN')
    const { exitCode } = await scripts.restore(['--stream', 'AGENTESE', '--replace', '--confirm', 'AGENTESE'])
    expect(exitCode).toBe(0)
    expect(await broken('AGENTESE')).toEqual([])
  })
})

describe('restore of messages older than the max_age of their stream', () => {
  const args = ['--stream', 'SESSIONS']

  beforeAll(async () => {
    await eventually({ name: 'an empty SESSIONS', ms: 40_000 }, async () => {
      const { state } = await jetstream.manager.streams.info('SESSIONS')
      return state.messages === 0 ? { found: undefined } : { seen: `${state.messages} messages` }
    })
    await jetstream.manager.streams.delete('SESSIONS')
  })

  it('is refused before anything is changed', async () => {
    const { output, exitCode } = await scripts.restore(args)
    expect(output).toContain(
      'every message would expire on arrival; nothing was changed: SESSIONS (max_age 20s',
    )
    expect(exitCode).toBe(35)
    await expect(jetstream.manager.streams.info('SESSIONS')).rejects.toThrow('stream not found')
  })

  it('is refused with another limit that they are older than, too', async () => {
    const { output, exitCode } = await scripts.restore([...args, '--max-age', '1s'])
    expect(output).toContain('nothing was changed: SESSIONS (max_age 1s')
    expect(output).toContain('keep them all: restore --from local --archive ')
    expect(output).not.toContain('--max-age 1s --max-age')
    expect(exitCode).toBe(35)
  })

  it('keeps them without the limit', async () => {
    const { output, exitCode } = await scripts.restore([...args, '--max-age', '0'])
    expect(output).toContain('set it back later: nats stream edit SESSIONS --max-age=20s --force')
    expect(exitCode).toBe(0)
    expect(await broken('SESSIONS')).toEqual([])
  })

  /** How soon the server begins to expire what has arrived is its own affair; the script looks when it has. */
  const looksWhenAllIsGone = `
"$NATS" "$@" || exit
[[ $* == *'backup restore stream'* ]] || exit 0
until [[ $("$NATS" "$1" "$2" stream info SESSIONS --json | jq .state.messages) == 0 ]]; do :; done`

  it('lets them expire if that is wanted, and says so', async () => {
    const putBack = scripts.inPlaceOfNats(looksWhenAllIsGone)
    const { output, exitCode } = await scripts.restore([
      ...args,
      ...['--max-age', 'keep', '--replace', '--confirm', 'SESSIONS'],
    ])
    putBack()
    expect(output).toContain('older than its max_age 20s: they go as they arrive')
    expect(output).toMatch(/^ {2}expired on arrival: 50 messages$/m)
    expect(exitCode).toBe(0)
  })
})

describe('restore --from any', () => {
  it('takes the newest archive on the volume when S3 does not answer, and says so', async () => {
    const store = {
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    }
    const { output, exitCode } = await scripts.restore(
      ['--from', 'any', '--stream', 'AGENTESE', '--replace', '--confirm', 'AGENTESE', '--dry-run'],
      store,
    )
    expect(output).toContain('S3: FAILED; the archives on the backup volume are used instead')
    expect(output).toContain('why: connection refused by http://127.0.0.1:1')
    expect(exitCode).toBe(0)
  })
})

describe('restore --inspect', () => {
  it('says what an archive holds, without NATS', async () => {
    const { output, exitCode } = await scripts.restore(['--inspect', 'latest'], { NATS_URL: '' })
    expect(output).toContain('holds: 2 streams, 100 messages, 0 consumers')
    expect(output).toMatch(/^file: .+, sha256 [0-9a-f]{64}$/m)
    expect(exitCode).toBe(0)
  })
})
