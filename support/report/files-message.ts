import type { Envelope } from '@cucumber/messages'
import { RunNote } from './run-note'

const note = new RunNote('text/vnd.runbook.files')

/** Tells among a run's messages with which files it runs. @param files their sha256, as `filesNow` gives it */
export function filesMessage(files: string): Envelope {
  return note.message(files)
}

/** With which files the runs of these messages ran, each once; none for messages that don't tell. */
export function filesRan(envelopes: readonly Envelope[]): readonly string[] {
  return note.told(envelopes)
}
