import { parse } from 'yaml'
import { HarnessMisused, messageOf } from '../errors'
import type { Published } from './published'

/** A gap that somebody takes responsibility for, for a time. */
export interface Waiver {
  /** What the gap is of, word for word. */
  readonly of: string
  readonly because: string
  /** The last day on which it counts: 2027-03-31. */
  readonly until: string
}

/** Where the waivers are. */
export const waiversFile = 'docs/waivers.yaml'

/**
 * Reads the waivers.
 *
 * @throws HarnessMisused naming each entry that isn't one: without a reason, or without a day on which it ends
 */
export function readWaivers(text: string): readonly Waiver[] {
  const listed = parsed(text)
  const wrong = listed.flatMap((entry, index) => {
    const flaws = flawsOf(entry)
    return flaws.length === 0 ? [] : [`entry ${index + 1}: ${flaws.join(', ')}`]
  })
  if (wrong.length > 0) throw unreadable(wrong.join('\n'))
  return listed as readonly Waiver[]
}

function parsed(text: string): readonly unknown[] {
  let value: unknown
  try {
    value = parse(text)
  } catch (thrown) {
    throw unreadable(messageOf(thrown))
  }
  if (value === null) return []
  if (!Array.isArray(value)) throw unreadable('it is not a list')
  return value
}

function flawsOf(entry: unknown): string[] {
  const { of, because, until, ...others } = (entry ?? {}) as Record<string, unknown>
  return [
    ...(isText(of) ? [] : ['`of` is missing: what the gap is of']),
    ...(isText(because) ? [] : ['`because` is missing: why nothing shows it']),
    ...(isText(until) && /^\d{4}-\d\d-\d\d$/.test(until) && !Number.isNaN(Date.parse(until))
      ? []
      : ['`until` is no day, such as 2027-03-31']),
    ...Object.keys(others).map((key) => `\`${key}\` is unknown`),
  ]
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function unreadable(got: string): HarnessMisused {
  return new HarnessMisused('RBK_WAIVERS', {
    attempted: `${waiversFile} can’t be used`,
    got,
    next: 'An entry has `of`, `because` and `until`.',
  })
}

/** What is published, by what is to be said of it. */
export interface Waived {
  /** Gaps that nobody answers for. */
  readonly open: readonly Published[]
  /** Gaps that were waived, until a day that is past. */
  readonly expired: readonly (Published & { readonly waiver: Waiver })[]
  readonly waived: readonly Published[]
  /** Waivers of what the run has shown: of no use any more, unless it's seen now and then only. */
  readonly unneeded: readonly Waiver[]
  /** Waivers of what isn't published: renamed, or never there. */
  readonly unknown: readonly Waiver[]
}

/** Holds what is published against waivers. @param today as in `until` */
export function waive(published: readonly Published[], waivers: readonly Waiver[], today: string): Waived {
  const waiverOf = new Map(waivers.map((waiver) => [waiver.of, waiver]))
  const gaps = published.filter(({ gap }) => gap !== undefined)
  const judged = gaps.map((gap) => ({ gap, waiver: waiverOf.get(gap.what) }))
  const isOf = (all: readonly Published[]) => {
    const names = new Set(all.map(({ what }) => what))
    return ({ of }: Waiver) => names.has(of)
  }
  return {
    open: judged.flatMap(({ gap, waiver }) => (waiver ? [] : [gap])),
    expired: judged.flatMap(({ gap, waiver }) =>
      waiver && waiver.until < today ? [{ ...gap, waiver }] : [],
    ),
    waived: judged.flatMap(({ gap, waiver }) => (waiver && waiver.until >= today ? [gap] : [])),
    unneeded: waivers.filter((waiver) => isOf(published)(waiver) && !isOf(gaps)(waiver)),
    unknown: waivers.filter((waiver) => !isOf(published)(waiver)),
  }
}
