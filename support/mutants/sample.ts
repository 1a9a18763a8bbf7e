/**
 * Some of many, the same for the same seed.
 *
 * @param count how many; all when there are fewer
 */
export function sampleOf<T>(all: readonly T[], count: number, seed: number): T[] {
  const random = generator(seed)
  return all
    .map((each) => ({ each, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({ each }) => each)
}

/** Numbers from 0 to 1 by the mulberry32 generator (public domain, Tommy Ettinger): the same everywhere, unlike Math.random. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
