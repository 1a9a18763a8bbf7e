import { HarnessMisused } from '../errors'
import { parsedYaml } from '../yaml'
import type { Published } from './published'

/** A gap that somebody takes responsibility for, for a time. */
export interface Waiver {
  /** What the gap is of, word for word. */
  readonly of: string
  readonly because: string
  /** The last day on which it counts, at most a year away: 2027-03-31. */
  readonly until: string
}

/** Where the waivers are. */
export const waiversFile = 'docs/waivers.yaml'

/**
 * Reads the waivers.
 *
 * @param today as in `until`
 * @throws HarnessMisused naming each entry that isn't one: without a reason, without a day within a year on which it ends, or
 *   of what another entry is of, by which one that has ended would be covered
 */
export function readWaivers(text: string, today: string): readonly Waiver[] {
  const listed = parsed(text)
  const wrong = listed.flatMap((entry, index) => {
    const earlier = listed.slice(0, index).findIndex((each) => isOfSame(each, entry))
    const again = earlier < 0 ? [] : [`entry ${earlier + 1} is of the same`]
    const flaws = [...flawsOf(entry, today), ...again]
    return flaws.length === 0 ? [] : [`entry ${index + 1}: ${flaws.join(', ')}`]
  })
  if (wrong.length > 0) throw unreadable(wrong.join('\n'))
  return listed as readonly Waiver[]
}

function parsed(text: string): readonly unknown[] {
  const value = parsedYaml(text, unreadable)
  if (value === null) return []
  if (!Array.isArray(value)) throw unreadable('it is not a list')
  return value
}

function isOfSame(one: unknown, other: unknown): boolean {
  const { of } = fieldsOf(one)
  return isText(of) && of === fieldsOf(other).of
}

function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return (entry ?? {}) as Readonly<Record<string, unknown>>
}

function flawsOf(entry: unknown, today: string): string[] {
  const { of, because, until, ...others } = fieldsOf(entry)
  return [
    ...(isText(of) ? [] : ['`of` is missing: what the gap is of']),
    ...(isText(because) ? [] : ['`because` is missing: why nothing shows it']),
    ...flawsOfUntil(until, today),
    ...Object.keys(others).map((key) => `\`${key}\` is unknown`),
  ]
}

function flawsOfUntil(until: unknown, today: string): string[] {
  if (!isText(until) || !isDay(until)) return ['`until` is no day, such as 2027-03-31']
  const last = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
  return until > last ? [`\`until\` is more than a year away, and ${last} is the last that can be`] : []
}

/** JavaScript takes the 30th of February for a day of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
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
  /** What was waived until a day that is past, shown or not: somebody has to look at it again, or take the waiver out. */
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
  const hasEnded = ({ until }: Waiver) => until < today
  const isOf = (all: readonly Published[]) => {
    const names = new Set(all.map(({ what }) => what))
    return ({ of }: Waiver) => names.has(of)
  }
  return {
    open: judged.flatMap(({ gap, waiver }) => (waiver ? [] : [gap])),
    expired: published.flatMap((each) => {
      const waiver = waiverOf.get(each.what)
      return waiver && hasEnded(waiver) ? [{ ...each, waiver }] : []
    }),
    waived: judged.flatMap(({ gap, waiver }) => (waiver && !hasEnded(waiver) ? [gap] : [])),
    unneeded: waivers.filter((waiver) => !hasEnded(waiver) && isOf(published)(waiver) && !isOf(gaps)(waiver)),
    unknown: waivers.filter((waiver) => !isOf(published)(waiver)),
  }
}
