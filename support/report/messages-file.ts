import type { Envelope } from '@cucumber/messages'

/** The first line of a file that isn't a message. */
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
 * Reads messages, and says where they can't be read.
 *
 * @param text newline-delimited JSON
 */
export function readMessages(text: string): MessagesFile {
  const lines = text.split('\n')
  const envelopes: Envelope[] = []
  let damaged: DamagedLine | undefined
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const value = parsed(line)
    if (isMessage(value)) {
      envelopes.push(value)
      continue
    }
    const cutOff = index === lines.length - 1 && value === undefined
    const what = cutOff ? 'is cut off' : value === undefined ? 'is not JSON' : 'is not a cucumber message'
    damaged ??= { line: index + 1, what, cutOff }
  }
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

/** Every message is one field with what it tells; which fields there are is cucumber's to add to. */
function isMessage(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const [told] = Object.values(value)
  return typeof told === 'object' && told !== null
}
