/** Every thing whose key was there before, with the first that has it. */
export function repeated<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
): ReadonlyArray<readonly [first: T, again: T]> {
  const firsts = new Map<string, T>()
  return things.flatMap((thing) => {
    const first = firsts.get(keyOf(thing))
    if (first === undefined) firsts.set(keyOf(thing), thing)
    return first === undefined ? [] : [[first, thing] as const]
  })
}
