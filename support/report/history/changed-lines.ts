import { diffLines } from 'diff'

/** A line of a comparison: of the version before, of the one after, or of both; a gap stands for lines of both. */
export interface ChangedLine {
  readonly kind: 'before' | 'after' | 'both' | 'gap'
  readonly text: string
}

/** How many lines that are the same are shown around those that aren't. */
const around = 2

/** What changed from one text to another, with a little of what is around it; empty when nothing did. */
export function changedLines(before: string, after: string): ChangedLine[] {
  const parts = diffLines(`${before}\n`, `${after}\n`)
  if (parts.every(({ added, removed }) => !added && !removed)) return []
  return parts.flatMap(({ value, added, removed }, index) => {
    const lines = value.replace(/\n$/, '').split('\n')
    const of = (kind: ChangedLine['kind']) => (text: string) => ({ kind, text })
    if (added) return lines.map(of('after'))
    if (removed) return lines.map(of('before'))
    const head = index === 0 ? 0 : around
    const tail = index === parts.length - 1 ? 0 : around
    const between = head > 0 && tail > 0
    if (lines.length <= head + tail + (between ? 1 : 0)) return lines.map(of('both'))
    // What is the same before the first change, and behind the last one, is just left out.
    return [
      ...lines.slice(0, head).map(of('both')),
      ...(between ? [of('gap')('')] : []),
      ...lines.slice(lines.length - tail, lines.length).map(of('both')),
    ]
  })
}
