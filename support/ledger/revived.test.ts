import { expect, it } from 'vitest'
import { brokenPromises, type Comparison } from './compare'
import { damageOf } from './damage'
import { type Acknowledged, Ledger } from './ledger'
import { message } from './message'
import { withoutRevived } from './revived'

const stream = 'KV_profiles'
const value = (seq: number): Acknowledged => ({
  ...message('$KV.profiles.agent', [], Buffer.from(`value ${seq}`)),
  stream,
  seq,
  at: '2026-11-24T00:00:00.000Z',
})

/** What is told of a stream in which values 1 and 2 were discarded, 3 is the last, and these are found. */
function told(history: number, found: readonly Acknowledged[]): readonly string[] {
  const ledger = new Ledger()
  for (const seq of [1, 2, 3]) ledger.record(value(seq))
  ledger.deleted(stream, [1, 2])
  ledger.promiseStream({ stream, config: { max_msgs_per_subject: history } })
  const damage = damageOf(stream, ledger.expected(stream), ledger.deletions(stream), found)
  const comparison: Comparison = {
    target: 'NATS',
    streams: [damage],
    consumers: [],
    configs: [],
    unexpectedStreams: [],
    unexpectedConsumers: [],
  }
  return brokenPromises(withoutRevived(comparison, ledger))
}

it('lets values be back that a history had discarded', () => {
  expect(told(3, [value(1), value(2), value(3)])).toEqual([])
})

it('tells what is missing beside them, and what was never there', () => {
  expect(told(3, [value(1), value(4)])).toEqual([
    `stream ${stream}: 1 missing: 3 ($KV.profiles.agent) was acknowledged at 2026-11-24T00:00:00.000Z`,
    `stream ${stream}: 1 unexpected: 4 ($KV.profiles.agent) was never acknowledged`,
  ])
})

it('lets nothing be back in a stream without a history: there, it was deleted', () => {
  expect(told(-1, [value(2), value(3)])).toEqual([
    `stream ${stream}: 1 unexpected: 2 ($KV.profiles.agent) was deleted (sequence 2)`,
  ])
})
