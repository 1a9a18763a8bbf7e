import type { Envelope, Timestamp } from '@cucumber/messages'

/** The same messages with times that don't change from run to run: a tenth of a second from one to the next. */
export function settled(envelopes: readonly Envelope[]): Envelope[] {
  let tick = 0
  const replaced = (key: string, value: unknown) => {
    if (key === 'timestamp') return at(tick)
    return key === 'duration' ? { seconds: 0, nanos: 0 } : value
  }
  return envelopes.map((envelope) => {
    tick += 1
    return JSON.parse(JSON.stringify(envelope, replaced)) as Envelope
  })
}

function at(tick: number): Timestamp {
  return { seconds: Date.UTC(2026, 10, 23, 16, 40) / 1000 + Math.floor(tick / 10), nanos: (tick % 10) * 1e8 }
}
