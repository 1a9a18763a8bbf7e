/** What is looked for. */
export interface Query {
  /** In lower case, with single spaces. */
  readonly phrase: string
  readonly words: readonly string[]
}

/** A line that has fewer of the words says nothing. */
const enough = 0.6

/** A quotation that is shorter is in too many lines by chance. */
const telling = 8

export function queryOf(text: string): Query {
  const phrase = normal(text)
  const words = [...new Set(phrase.split(' ').map(bare))].filter((word) => word.length > 1)
  return { phrase, words }
}

/**
 * How well a line answers: 0 not at all, 1 all of the words, 2 the phrase itself, 3 the line quotes words of which the query
 * is a longer form (`"NATS is down"` for "backup failed: NATS is down (exit 10)").
 */
export function matchOf({ phrase, words }: Query, line: string): number {
  const text = normal(line)
  if (phrase === '') return 0
  if (quotations(text).some((quotation) => isWithin(quotation, phrase))) return 3
  if (text.includes(phrase)) return 2
  if (words.length === 0) return 0
  const found = words.filter((word) => text.includes(word)).length / words.length
  return found < enough ? 0 : found === 1 ? 1 : found / 2
}

/** From a quotation mark to the next, and from the first to the last: a quotation may hold quotations. */
function quotations(text: string): string[] {
  const single = [...text.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words)
  const [, whole = ''] = /"(.+)"/.exec(text) ?? []
  return [...new Set([...single, whole])]
}

/** Dots stand for what differs from time to time: "stream ... is damaged". */
function isWithin(quotation: string, phrase: string): boolean {
  const parts = quotation.split(/\.\.\.|…/).map((part) => part.trim())
  const said = parts.filter((part) => part !== '')
  return said.join('').length >= telling && said.every((part) => phrase.includes(part))
}

function normal(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

function bare(word: string): string {
  return word.replaceAll(/^[^\p{L}\p{N}/]+|[^\p{L}\p{N}/]+$/gu, '')
}
