import type { Acknowledged } from './ledger'
import { identity } from './message'
import type { Stored } from './read-back'

/** What is wrong with one message. */
export interface Damaged {
  readonly seq: number
  readonly subject: string
  readonly detail: string
}

/** What is wrong with one stream, message by message. */
export interface Damage {
  readonly stream: string
  /** How many messages must be there. */
  readonly acknowledged: number
  /** Acknowledged, and nowhere in the stream. */
  readonly missing: readonly Damaged[]
  /** Something else is under the sequence that was acknowledged. */
  readonly altered: readonly Damaged[]
  /** There, and there once more. */
  readonly duplicated: readonly Damaged[]
  /** There, but under another sequence than the one that was acknowledged. */
  readonly outOfOrder: readonly Damaged[]
  /** Never acknowledged, or deleted since. */
  readonly unexpected: readonly Damaged[]
}

/**
 * Compares what was acknowledged with what is there, message by message. A message belongs under the sequence
 * that the publisher was told: consumers' positions and whoever stored that sequence rely on it.
 *
 * @param expected    acknowledged and not deleted, in order
 * @param deletions acknowledged and then deleted
 * @param stored      what the stream holds
 */
export function damageOf(
  stream: string,
  expected: readonly Acknowledged[],
  deletions: readonly Acknowledged[],
  stored: readonly Stored[],
): Damage {
  const bySeq = new Map(stored.map((each) => [each.seq, each]))
  const inPlace = expected.filter((each) => same(bySeq.get(each.seq), each))
  const settled = new Set(inPlace.map(({ seq }) => seq))
  const astray = expected.filter(({ seq }) => !settled.has(seq))
  const strays = grouped(stored.filter(({ seq }) => !settled.has(seq)))

  const outOfOrder: Damaged[] = []
  const lost: Acknowledged[] = []
  for (const each of astray) {
    const [moved] = strays.take(each)
    if (moved) outOfOrder.push(damaged(each, `is under sequence ${moved.seq}`))
    else lost.push(each)
  }

  const known = new Set(expected.map(identity))
  const deleted = new Map(deletions.map((each) => [identity(each), each.seq]))
  const lostSeqs = new Map(lost.map((each) => [each.seq, each]))
  const altered: Damaged[] = []
  const duplicated: Damaged[] = []
  const unexpected: Damaged[] = []
  for (const each of strays.rest()) {
    const instead = lostSeqs.get(each.seq)
    if (known.has(identity(each))) {
      duplicated.push(damaged(each, 'is there once more'))
    } else if (instead) {
      altered.push(damaged(each, changes(instead, each)))
      lostSeqs.delete(each.seq)
    } else {
      const was = deleted.get(identity(each))
      unexpected.push(
        damaged(each, was === undefined ? 'was never acknowledged' : `was deleted (sequence ${was})`),
      )
    }
  }
  const missing = [...lostSeqs.values()].map((each) => damaged(each, `was acknowledged at ${each.at}`))
  return { stream, acknowledged: expected.length, missing, altered, duplicated, outOfOrder, unexpected }
}

/** Whether nothing is wrong. */
export function isIntact(damage: Damage): boolean {
  const { missing, altered, duplicated, outOfOrder, unexpected } = damage
  return [missing, altered, duplicated, outOfOrder, unexpected].every((list) => list.length === 0)
}

function same(stored: Stored | undefined, expected: Acknowledged): boolean {
  return stored !== undefined && identity(stored) === identity(expected)
}

function damaged({ seq, subject }: { seq: number; subject: string }, detail: string): Damaged {
  return { seq, subject, detail }
}

function changes(was: Acknowledged, now: Stored): string {
  const parts = [
    was.subject === now.subject ? [] : [`subject, was ${was.subject}`],
    was.headers === now.headers ? [] : ['headers'],
    was.payload === now.payload ? [] : ['payload'],
  ]
  return `has other ${parts.flat().join(' and ')}`
}

/** Stored messages by what they are; each can be taken once. */
function grouped(stored: readonly Stored[]) {
  const groups = new Map<string, Stored[]>()
  for (const each of stored) {
    const group = groups.get(identity(each)) ?? []
    groups.set(identity(each), [...group, each])
  }
  return {
    take: (like: Acknowledged): Stored[] => groups.get(identity(like))?.splice(0, 1) ?? [],
    rest: (): Stored[] => [...groups.values()].flat().toSorted((a, b) => a.seq - b.seq),
  }
}
