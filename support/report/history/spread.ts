/** How long something usually takes, in milliseconds, by nearest rank. */
export interface Spread {
  readonly medianMs: number
  readonly p95Ms: number
  /** How many runs these are of. */
  readonly runs: number
}

/** @returns undefined for no times at all: nothing is usual then */
export function spreadOf(times: readonly number[]): Spread | undefined {
  const sorted = [...times].sort((a, b) => a - b)
  const rank = (share: number) => sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)]
  const medianMs = rank(0.5)
  const p95Ms = rank(0.95)
  return medianMs === undefined || p95Ms === undefined ? undefined : { medianMs, p95Ms, runs: sorted.length }
}
