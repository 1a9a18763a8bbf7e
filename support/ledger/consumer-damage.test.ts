import { describe, expect, it } from 'vitest'
import type { ConsumerState } from '../jetstream/account'
import { consumerDamage } from './consumer-damage'

const reporting: ConsumerState = {
  config: { durable_name: 'reporting', num_replicas: 3 },
  created: '2026-11-24T00:00:00Z',
  delivered: { consumer: 205, stream: 200 },
  ackFloor: { consumer: 121, stream: 120 },
  ackPending: 60,
  pending: 777,
  redelivered: 5,
}
const promised = { stream: 'AGENTESE', name: 'reporting', state: reporting }

/** As a backup of nats-server 2.15 brings it back: delivered is where the acknowledgements end. */
const rolledBack: ConsumerState = {
  ...reporting,
  created: '2026-11-24T01:00:00Z',
  delivered: { consumer: 121, stream: 120 },
  ackPending: 0,
  pending: 857,
  redelivered: 0,
}

describe('a consumer', () => {
  it('at the origin keeps its exact position', () => {
    expect(consumerDamage(promised, reporting, 'origin').ok).toBe(true)
    expect(consumerDamage(promised, rolledBack, 'origin')).toMatchObject({
      ok: false,
      detail: 'delivered up to 120, was 200; not acknowledged 0, was 60',
    })
  })

  it('restored from a backup begins again right after what is acknowledged', () => {
    expect(consumerDamage(promised, rolledBack, 'restored')).toMatchObject({
      ok: true,
      detail: 'acknowledged up to 120, next is 121',
    })
  })

  it('restored from a backup must not have skipped a message, nor go further back', () => {
    expect(consumerDamage(promised, reporting, 'restored').ok).toBe(false)
    const further = { consumer: 1, stream: 0 }
    expect(
      consumerDamage(promised, { ...rolledBack, delivered: further, ackFloor: further }, 'restored').detail,
    ).toBe('acknowledged up to 0, was 120; delivered up to 0, was 120')
  })

  it('is told when it is missing or configured in another way', () => {
    expect(consumerDamage(promised, undefined, 'restored').detail).toBe('is missing')
    const other = { ...rolledBack, config: { durable_name: 'reporting', num_replicas: 1 } }
    expect(consumerDamage(promised, other, 'restored').detail).toBe('config num_replicas 1, was 3')
  })
})
