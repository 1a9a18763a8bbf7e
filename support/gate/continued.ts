import type { Envelope } from '@cucumber/messages'

let earlier: readonly Envelope[] = []

/** The run that this process is about to begin goes on with an earlier one: it is judged, and reported, with it. */
export function continueRun(envelopes: readonly Envelope[]): void {
  earlier = envelopes
}

/** Messages of the run that this one goes on with; none for a run of its own. */
export function continuedRun(): readonly Envelope[] {
  return earlier
}
