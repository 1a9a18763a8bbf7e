import { nearest } from '../nearest'

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * Every tag a runbook may carry. The list is closed: a misspelt tag would silently select, order or
 * protect nothing. A tag with a value is written `@name:value`; `pattern` is what the value must look like.
 */
const tags: Readonly<Record<string, { readonly pattern?: RegExp; readonly like?: string }>> = {
  runbook: { pattern: slug, like: '@runbook:nats-backup-now' },
  formerly: { pattern: slug, like: '@formerly:nats-backup-by-hand, an address that leads here now' },
  persona: {
    pattern: /^(operator|on-call|platform-engineer)$/,
    like: '@persona:operator, on-call or platform-engineer',
  },
  alert: { pattern: /^[A-Z][A-Za-z0-9]*$/, like: '@alert:NATSBackupMissing' },
  severity: { pattern: /^(critical|warning|info)$/, like: '@severity:critical, warning or info' },
  mutates: {},
  'read-only': {},
  reversible: {},
  irreversible: {},
  degraded: {},
  exclusive: {},
  slow: {},
  interruptible: {},
  'lab-only': {},
  covers: { pattern: /^[BRDX]\d{2}$/, like: '@covers:R02, a number of docs/scenarios.md' },
  simulated: { pattern: slug, like: '@simulated:time' },
  'known-defect': { pattern: /^[A-Za-z0-9][A-Za-z0-9._#-]*$/, like: '@known-defect:S12' },
}

/** Tags that contradict each other on one scenario. */
export const contradictions: ReadonlyArray<readonly [string, string]> = [
  ['@mutates', '@read-only'],
  ['@reversible', '@irreversible'],
]

/**
 * What is wrong with a tag, or undefined when it is on the list.
 *
 * @param tag as written, with its `@`
 */
export function tagProblem(tag: string): { readonly what: string; readonly mend: string } | undefined {
  const [name = '', ...rest] = tag.slice(1).split(':')
  const known = Object.hasOwn(tags, name) ? tags[name] : undefined
  if (!known) return { what: `unknown tag ${tag}`, mend: suggestion(name) }
  const value = rest.join(':')
  if (!known.pattern)
    return value === '' && rest.length === 0
      ? undefined
      : { what: `${tag} takes no value`, mend: `write @${name}` }
  return known.pattern.test(value)
    ? undefined
    : { what: `${tag} has a wrong value`, mend: `write it like ${known.like}` }
}

function suggestion(name: string): string {
  const [meant] = nearest(name, Object.keys(tags), 1)
  if (meant !== undefined) return `did you mean @${meant}?`
  const all = Object.entries(tags).map(([known, { pattern }]) => (pattern ? `@${known}:…` : `@${known}`))
  return `the tags there are: ${all.join(' ')} (support/gate/tags.ts)`
}
