import { differingFields, type Json } from '../differing-fields'
import type { ConsumerState, Position } from '../jetstream/account'
import type { PromisedConsumer } from './ledger'

/**
 * Where a target's consumers come from. A backup taken while acknowledgements were pending holds the consumer
 * rolled back to its acknowledgement floor: what was delivered above it is delivered again, acknowledged or not,
 * and a message is never skipped (nats-server 2.15, ADR-63). The origin itself keeps the exact position.
 */
export type Provenance = 'origin' | 'restored'

/** One consumer, held against what was promised of it. */
export interface ConsumerDamage {
  readonly stream: string
  readonly name: string
  readonly ok: boolean
  /** What is wrong; what is as promised, if nothing is. */
  readonly detail: string
}

/** Holds one consumer against its promise. `now` is undefined for one that isn't there. */
export function consumerDamage(
  { stream, name, state: promised }: PromisedConsumer,
  now: ConsumerState | undefined,
  provenance: Provenance,
): ConsumerDamage {
  if (!now) return { stream, name, ok: false, detail: 'is missing' }
  const wanted = provenance === 'restored' ? restored(promised) : promised
  const wrong = [
    ...differingFields(promised.config, now.config).map((field) => `config ${field}`),
    ...differingFields(progress(wanted), progress(now)),
  ]
  const detail =
    wrong.length > 0
      ? wrong.join('; ')
      : `acknowledged up to ${now.ackFloor.stream}, next is ${now.delivered.stream + 1}`
  return { stream, name, ok: wrong.length === 0, detail }
}

/** What of a consumer's state is promised: its delivery counts aren't. */
function progress({ delivered, ackFloor, ackPending }: ConsumerState): Json {
  const place = ({ stream }: Position) => stream
  return {
    'delivered up to': place(delivered),
    'acknowledged up to': place(ackFloor),
    'not acknowledged': ackPending,
  }
}

function restored(promised: ConsumerState): ConsumerState {
  if (promised.ackPending === 0) return promised
  return { ...promised, delivered: promised.ackFloor, ackPending: 0 }
}
