import type { Envelope } from '@cucumber/messages'
import { RunNote } from './run-note'

const note = new RunNote('text/vnd.runbook.left-out')

/** Tells among a run's messages what it was asked for and doesn't run. @param line a reason, with the scenarios */
export function leftOutMessage(line: string): Envelope {
  return note.message(line)
}

/** What the runs of these messages were asked for and didn't run: a line for each reason; none for runs of all that was asked for. */
export function leftOutOf(envelopes: readonly Envelope[]): readonly string[] {
  return note.told(envelopes)
}
