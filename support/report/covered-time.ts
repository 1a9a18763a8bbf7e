/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** How much time some stretches cover: two that overlap count once, and what lies between two counts for nothing. */
export function coveredTime(stretches: readonly Stretch[]): number {
  let covered = 0
  let end = Number.NEGATIVE_INFINITY
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return covered
}
