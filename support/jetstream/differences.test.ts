import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'

const filter = join(checkout, 'fixtures/images/nats-backup/lib/differences.jq')
const folder = mkdtempSync(join(tmpdir(), 'runbook-differences-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hour = 3_600
const now = Date.parse('2026-11-27T12:00:00Z') / 1000
const ago = (hours: number) => new Date((now - hours * hour) * 1000).toISOString()

/** 300 messages, the oldest 25 hours old, the newest one hour. */
const archived = {
  ...{ name: 'S', messages: 300, bytes: 3_000, firstSequence: 1, lastSequence: 300 },
  ...{ firstTime: ago(25), lastTime: ago(1), maxAgeNanoseconds: 0, messageTtl: false },
  consumers: [{ name: 'worker', durable: true, ackFloor: 7 }],
}
const state = { messages: 300, bytes: 3_000, first_seq: 1, last_seq: 300 }
const config = { retention: 'limits', max_msgs_per_subject: -1, max_msgs: -1, max_bytes: -1 }
const worker = { name: 'worker', ackFloor: 7 }
const maxAgeNanoseconds = 24 * hour * 1e9

/** What the script says of a stream that arrived like this. */
function differences(
  entry: object,
  arrived: { state?: object; config?: object },
  consumers: readonly object[] = [worker],
): string[] {
  const [stream, list] = [join(folder, 'arrived'), join(folder, 'consumers')]
  writeFileSync(
    stream,
    JSON.stringify({ state: { ...state, ...arrived.state }, config: { ...config, ...arrived.config } }),
  )
  writeFileSync(list, consumers.map((each) => JSON.stringify(each)).join('\n'))
  const files = ['--slurpfile', 'consumers', list, '--slurpfile', 'arrived', stream]
  const args = ['--raw-output', '--argjson', 'now', String(now), '--from-file', filter, ...files]
  const input = JSON.stringify({ ...archived, ...entry })
  return execFileSync('jq', args, { input, encoding: 'utf8' }).split('\n').filter(Boolean)
}

describe('no difference is', () => {
  it.each<[string, object, { state?: object; config?: object }]>([
    ['what arrived whole', {}, {}],
    ['what was published since', {}, { state: { messages: 310, bytes: 3_100, last_seq: 310 } }],
    ['what expired', { maxAgeNanoseconds }, { state: { messages: 200, first_seq: 101 } }],
    [
      'everything expired, where even the newest is older than max_age',
      { maxAgeNanoseconds, lastTime: ago(24.5) },
      { state: { messages: 0, first_seq: 301, bytes: 0 } },
    ],
    [
      'a key that was written anew',
      {},
      { state: { messages: 300, bytes: 3_001, last_seq: 301 }, config: { max_msgs_per_subject: 1 } },
    ],
    [
      'jobs that were done since',
      {},
      { state: { messages: 297, first_seq: 4, bytes: 2_970 }, config: { retention: 'workqueue' } },
    ],
  ])('%s', (_, entry, arrived) => expect(differences(entry, arrived)).toEqual([]))
})

describe('a difference is', () => {
  it.each<[string, object, { state?: object; config?: object }, string[]]>([
    [
      'a message less',
      {},
      { state: { messages: 299, bytes: 2_990 } },
      ['299 messages instead of 300', '2990 bytes instead of 3000'],
    ],
    [
      'a message less among newer ones',
      {},
      { state: { messages: 309, last_seq: 310 } },
      ['299 messages instead of 300'],
    ],
    [
      'the end that is missing',
      {},
      { state: { messages: 299, last_seq: 299, bytes: 2_990 } },
      ['last sequence 299 instead of 300'],
    ],
    ['another first message', {}, { state: { first_seq: 2 } }, ['first sequence 2 instead of 1']],
    [
      'a key less, where nobody has written',
      {},
      { state: { messages: 299, bytes: 2_990 }, config: { max_msgs_per_subject: 1 } },
      ['299 messages instead of 300', '2990 bytes instead of 3000'],
    ],
    [
      'more than there was',
      { maxAgeNanoseconds },
      { state: { messages: 301 } },
      ['301 messages instead of 300'],
    ],
    [
      'nothing left, where the newest is young',
      { maxAgeNanoseconds },
      { state: { messages: 0, first_seq: 301, bytes: 0 } },
      ['no messages, although the newest is younger than max_age'],
    ],
  ])('%s', (_, entry, arrived, lines) => expect(differences(entry, arrived)).toEqual(lines))

  it('a job less, where nobody could have done it', () => {
    const lines = differences(
      { consumers: [] },
      { state: { messages: 299, bytes: 2_990 }, config: { retention: 'workqueue' } },
      [],
    )
    expect(lines).toEqual(['299 messages instead of 300', '2990 bytes instead of 3000'])
  })

  it('a consumer that is missing, or behind', () => {
    expect(differences({}, {}, [])).toEqual(['consumer worker is missing'])
    expect(differences({}, {}, [{ ...worker, ackFloor: 6 }])).toEqual([
      'consumer worker is at 6 instead of 7',
    ])
  })
})
