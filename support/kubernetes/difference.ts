import { createHash } from 'node:crypto'
import { differingFields } from '../differing-fields'
import { concealed, isAtRest, manifestOf } from './manifest'
import { type Resource, title } from './resource'
import { summary } from './status'

/** Objects as they are to be, by "Kind name". */
export type Baseline = ReadonlyMap<string, Resource>

/** One object that isn't as it is to be. */
export interface Deviation {
  /** As it is to be; undefined for one that isn't to be. */
  readonly baseline?: Resource
  /** As it is; undefined for one that isn't there. */
  readonly now?: Resource
  /** What differs, for a reader: "CronJob nats-backup: spec.suspend true, was false". */
  readonly lines: readonly string[]
}

/** What objects are to be, from how they are now. */
export function baselineOf(objects: ReadonlyMap<string, Resource>): Baseline {
  return new Map([...objects].map(([key, object]) => [key, manifestOf(object)]))
}

/** Every object that deviates, in order of their names. Values of secrets are told by a digest only. */
export function deviations(baseline: Baseline, objects: ReadonlyMap<string, Resource>): readonly Deviation[] {
  const keys = [...new Set([...baseline.keys(), ...objects.keys()])].toSorted()
  return keys.flatMap((key): Deviation[] => {
    const [wanted, now] = [baseline.get(key), objects.get(key)]
    if (!wanted) return now ? [{ now, lines: [`${key}: not in the baseline`] }] : []
    if (!now) return [{ baseline: wanted, lines: [`${key}: gone`] }]
    const lines = [...changes(wanted, manifestOf(now)), ...unrest(now)]
    return lines.length > 0 ? [{ baseline: wanted, now, lines }] : []
  })
}

/** Whether an object is what it is to be, apart from what the cluster itself adds. */
export function isSame(baseline: Resource, now: Resource): boolean {
  return changes(baseline, manifestOf(now)).length === 0
}

function changes(wanted: Resource, now: Resource): readonly string[] {
  const fields = differingFields(concealed(wanted, digest), concealed(now, digest))
  return fields.map((field) => `${title(now)}: ${field}`)
}

function unrest(now: Resource): readonly string[] {
  if (isAtRest(now)) return []
  return [
    `${title(now)}: ${now.metadata.deletionTimestamp ? 'is being deleted' : `not at rest, ${summary(now)}`}`,
  ]
}

function digest(value: string): string {
  return `sha256 ${createHash('sha256').update(value).digest('hex').slice(0, 12)}`
}
