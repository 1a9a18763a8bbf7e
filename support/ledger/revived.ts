import type { Comparison } from './compare'
import type { Ledger } from './ledger'

/**
 * The same comparison without the messages that a bucket's history had discarded and that are there again. A server that
 * is killed rebuilds a stream from its messages, where nothing is noted of what a limit has discarded: it comes back when
 * later values of its key were purged (seen with nats-server 2.15.2). What is missing, altered or never acknowledged stays in.
 */
export function withoutRevived(comparison: Comparison, ledger: Ledger): Comparison {
  const streams = comparison.streams.map((damage) => {
    const { max_msgs_per_subject: history = -1 } = (ledger.config(damage.stream) ?? {}) as {
      max_msgs_per_subject?: number
    }
    if (history < 1) return damage
    const discarded = new Set(ledger.deletions(damage.stream).map(({ seq }) => seq))
    return { ...damage, unexpected: damage.unexpected.filter(({ seq }) => !discarded.has(seq)) }
  })
  return { ...comparison, streams }
}
