/**
 * How long the scenarios that are left will take; undefined when none is known that they could be like.
 *
 * @param left    addresses
 * @param known   milliseconds by address, as usual, and of this run so far; a scenario that is not among them is
 *                taken to be like those that are
 * @param workers how many run at a time
 */
export function timeLeft(
  left: readonly string[],
  known: ReadonlyMap<string, number>,
  workers: number,
): number | undefined {
  if (known.size === 0) return undefined
  const average = [...known.values()].reduce((total, ms) => total + ms, 0) / known.size
  const sum = left.reduce((total, address) => total + (known.get(address) ?? average), 0)
  return sum / Math.max(workers, 1)
}
