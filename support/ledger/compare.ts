import { differingFields, type Json } from '../differing-fields'
import { type AccountState, accountState, type StreamState } from '../jetstream/account'
import type { JetStream } from '../jetstream/connection'
import { type ConsumerDamage, consumerDamage, type Provenance } from './consumer-damage'
import { type Damage, damageOf, isIntact } from './damage'
import type { Ledger } from './ledger'
import { messagesOf } from './read-back'

/** What came of holding a target against the ledger. */
export interface Comparison {
  /** What was compared: "the second site". */
  readonly target: string
  readonly streams: readonly Damage[]
  readonly consumers: readonly ConsumerDamage[]
  /** What differs in how streams are configured, a line each. */
  readonly configs: readonly string[]
  /** Streams that nothing was promised about. */
  readonly unexpectedStreams: readonly string[]
  /** Consumers of the promised streams that nothing was promised about: "AGENTESE/thief". */
  readonly unexpectedConsumers: readonly string[]
}

/**
 * Reads back every message and consumer of a target, and holds them against the ledger: key-value and
 * object-store buckets are streams too, and are compared like any other.
 *
 * @param provenance whether the target is where the messages were acknowledged, or was restored from a backup; told
 *                   stream by stream where it's some of both
 * @throws Error when the target doesn't answer
 */
export async function compare(
  ledger: Ledger,
  target: JetStream,
  provenance: Provenance | ((stream: string, now: StreamState | undefined) => Provenance),
): Promise<Comparison> {
  const [account, streams] = await Promise.all([
    accountState(target),
    Promise.all(
      ledger.streams.map(async (stream) =>
        damageOf(stream, ledger.expected(stream), ledger.deletions(stream), await messagesOf(target, stream)),
      ),
    ),
  ])
  const of = (stream: string) =>
    typeof provenance === 'string' ? provenance : provenance(stream, account[stream])
  return {
    target: target.site.name,
    streams,
    consumers: ledger.consumers.map((promised) =>
      consumerDamage(promised, account[promised.stream]?.consumers[promised.name], of(promised.stream)),
    ),
    configs: ledger.streams.flatMap((stream) => differingConfig(ledger, account, stream, of(stream))),
    unexpectedStreams: Object.keys(account).filter((name) => !ledger.streams.includes(name)),
    unexpectedConsumers: ledger.streams.flatMap((stream) =>
      Object.keys(account[stream]?.consumers ?? {})
        .filter((name) => !ledger.consumers.some((each) => each.stream === stream && each.name === name))
        .map((name) => `${stream}/${name}`),
    ),
  }
}

/**
 * All that is wrong, a line for each kind of damage with its first few messages.
 *
 * @returns nothing when every promise was kept
 */
export function brokenPromises({
  streams,
  consumers,
  configs,
  unexpectedStreams,
  unexpectedConsumers,
}: Comparison): readonly string[] {
  return [
    ...streams.filter((damage) => !isIntact(damage)).flatMap(linesOf),
    ...consumers
      .filter(({ ok }) => !ok)
      .map((each) => `consumer ${each.name} of ${each.stream}: ${each.detail}`),
    ...configs,
    ...unexpectedStreams.map((name) => `stream ${name}: not in the ledger`),
    ...unexpectedConsumers.map((name) => `consumer ${name}: not in the ledger`),
  ]
}

/** The comparison as it is attached to a step: application/vnd.runbook.ledger+json. */
export function attachable({ target, streams, consumers }: Comparison) {
  return {
    target,
    streams: streams.map((damage) => ({
      stream: damage.stream,
      acknowledged: damage.acknowledged,
      missing: damage.missing.length,
      altered: damage.altered.length,
      duplicated: damage.duplicated.length,
      outOfOrder: damage.outOfOrder.length,
      unexpected: damage.unexpected.length,
    })),
    consumers,
  }
}

function differingConfig(
  ledger: Ledger,
  account: AccountState,
  stream: string,
  provenance: Provenance,
): readonly string[] {
  const promised = ledger.config(stream)
  const now = account[stream]?.config
  if (promised === undefined || now === undefined) return []
  const compared = (config: Json) => (provenance === 'restored' ? withoutReplicas(config) : config)
  return differingFields(compared(promised), compared(now)).map(
    (field) => `stream ${stream}: config ${field}`,
  )
}

/** How many copies a stream has is up to the site it is restored to: a single server can hold only one. */
function withoutReplicas(config: Json): Json {
  const { num_replicas: _, ...rest } = config as { readonly [key: string]: Json }
  return rest
}

/** How many messages of one kind of damage are named; the rest is counted. */
const named = 3

function linesOf(damage: Damage): string[] {
  const kinds = [
    ['missing', damage.missing],
    ['altered', damage.altered],
    ['duplicated', damage.duplicated],
    ['out of order', damage.outOfOrder],
    ['unexpected', damage.unexpected],
  ] as const
  return kinds.flatMap(([kind, list]) => {
    if (list.length === 0) return []
    const first = list.slice(0, named).map(({ seq, subject, detail }) => `${seq} (${subject}) ${detail}`)
    const more = list.length > named ? [`and ${list.length - named} more`] : []
    return [`stream ${damage.stream}: ${list.length} ${kind}: ${[...first, ...more].join(', ')}`]
  })
}
