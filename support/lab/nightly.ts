/** No scenario takes longer, in milliseconds: the node that goes down takes two and a half minutes. */
const longestMs = 180_000

const dayMs = 86_400_000
/** A second after 02:00, since midnight. */
const overMs = 2 * 3_600_000 + 1_000

/**
 * How long to wait before a scenario begins: the published schedule starts a backup at 02:00 UTC, and a scenario that is under
 * way then would find a Job and an archive that nobody in it has made.
 *
 * @returns milliseconds until a second after 02:00, when that is nearer than a scenario takes; else 0
 */
export function untilNightIsOver(now: Date): number {
  const left = (overMs + dayMs - (now.getTime() % dayMs)) % dayMs
  return left <= longestMs ? left : 0
}
