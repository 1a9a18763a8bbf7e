/**
 * How long this worker has waited for the system: for a command block to end, for a state to be reached. What is left
 * of a scenario's time is the harness's own cost. A worker runs one scenario at a time, so one tally is enough.
 */
const tally = { waits: 0, since: 0, totalMs: 0 }

/**
 * Counts the time of a wait. Waits that overlap, or are part of one another, count once.
 *
 * @param wait what is waited for, started here
 * @returns what it returns; it throws what it throws
 */
export async function waiting<T>(wait: () => Promise<T>): Promise<T> {
  if (tally.waits++ === 0) tally.since = performance.now()
  try {
    return await wait()
  } finally {
    if (--tally.waits === 0) tally.totalMs += performance.now() - tally.since
  }
}

/** Milliseconds waited since this process began; take the difference of two. */
export function waitedMs(): number {
  return tally.totalMs + (tally.waits > 0 ? performance.now() - tally.since : 0)
}
