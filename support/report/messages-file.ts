import type { Envelope } from '@cucumber/messages'
import cucumbers from '@cucumber/messages/schema'
import { flawsBy, type Schema } from '../schema'
import { straysIn } from './strays'

const schema: Schema = cucumbers
const flaws = flawsBy(schema)

/** The first line of a file that isn't a message, or doesn't go with those before it. */
export interface DamagedLine {
  /** 1 for the first. */
  readonly line: number
  /** "is not a cucumber message", to follow the line's name. */
  readonly what: string
  /** Half a line at the end, as a run that was killed leaves it. */
  readonly cutOff: boolean
}

/** What a file of messages holds. */
export interface MessagesFile {
  /** All that can be read, also behind a damaged line. */
  readonly envelopes: Envelope[]
  readonly damaged?: DamagedLine
}

/**
 * Reads messages, and says where they can't be read, aren't as cucumber's own schema has them, or lack one that they tell of.
 *
 * @param text newline-delimited JSON
 */
export function readMessages(text: string): MessagesFile {
  const lines = text.split('\n')
  const envelopes: Envelope[] = []
  const at: number[] = []
  const wrong: DamagedLine[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const value = parsed(line)
    const what = whatIsWrong(value)
    if (what === undefined) {
      envelopes.push(value as Envelope)
      at.push(index + 1)
      continue
    }
    const cutOff = index === lines.length - 1 && value === undefined
    wrong.push({ line: index + 1, what: cutOff ? 'is cut off' : what, cutOff })
  }
  if (envelopes[0] && !envelopes[0].meta)
    wrong.push({ line: at[0] ?? 1, what: 'is not the meta that a run begins with', cutOff: false })
  wrong.push(...straysIn(envelopes).map(({ index, what }) => ({ line: at[index] ?? 0, what, cutOff: false })))
  const [damaged] = wrong.toSorted((one, other) => one.line - other.line)
  return { envelopes, ...(damaged ? { damaged } : {}) }
}

/**
 * As `readMessages`, for a run that may have been killed: that leaves half a line at the end of its file, which is passed
 * over, and what is missing makes the run inconclusive.
 */
export function parseMessages(text: string): Envelope[] {
  return readMessages(text).envelopes
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** By cucumber's own schema of its messages; undefined when nothing is. */
function whatIsWrong(value: unknown): string | undefined {
  if (value === undefined) return 'is not JSON'
  const [kind = '', ...more] = Object.keys(Object(value))
  if (!(kind in (schema.properties ?? {})) || more.length > 0) return 'is not a cucumber message'
  const [flaw] = flaws(value, '')
  return flaw && `is not a whole message, ${flaw.slice(1)}`
}
