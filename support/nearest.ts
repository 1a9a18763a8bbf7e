/**
 * The names that somebody may have meant, best first; empty when none is like what was written.
 *
 * @param written as it was typed
 * @param most    so many at most
 */
export function nearest(written: string, names: readonly string[], most = 3): string[] {
  const said = written.toLowerCase()
  return names
    .map((name) => ({ name, distance: distanceOf(said, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, said.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name)
}

/** What to do about a name that isn't there: what may have been meant, or else what's said in `otherwise`. */
export function meantOr(written: string, names: readonly string[], otherwise: string): string {
  const meant = nearest(written, names)
  return meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : otherwise
}

/** A part of a name is nearer than a misspelt one: whoever types "healthy" means backup-healthy. */
function distanceOf(said: string, name: string): number {
  return said.length > 2 && name.includes(said) ? 0 : editDistance(said, name)
}

/** Levenshtein's: how many letters to add, drop or change. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
