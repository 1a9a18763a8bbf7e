import type { Envelope } from '@cucumber/messages'
import { RunNote } from './run-note'

const note = new RunNote('text/vnd.runbook.plan-only')

/** Tells that a run never began and wasn't to: it only says what there is to run, which may be nothing. */
export function planOnlyMessage(): Envelope {
  return note.message('')
}

/** Whether the messages of a run tell that. Any other one that never began was refused, or had no lab. */
export function tellsPlanOnly(run: readonly Envelope[]): boolean {
  return note.told(run).length > 0
}
