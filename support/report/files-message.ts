import type { Envelope } from '@cucumber/messages'
import { RunNote } from './run-note'
import { separated } from './runs'

const note = new RunNote('text/vnd.runbook.files')

/** Tells among a run's messages with which files it runs. @param files their sha256, as `filesNow` gives it */
export function filesMessage(files: string): Envelope {
  return note.message(files)
}

/** With which files the runs of these messages ran, each once; none for messages that don't tell. */
export function filesRan(envelopes: readonly Envelope[]): readonly string[] {
  return note.told(envelopes)
}

/**
 * With which files the scenarios of these messages ran, each once; undefined is among them where a run began scenarios and
 * doesn't tell its files: an older one, or one whose line is lost. Nobody knows then that they were the same.
 */
export function filesOfScenarios(envelopes: readonly Envelope[]): readonly (string | undefined)[] {
  const runs = separated(envelopes).filter((run) => run.some(({ testCaseStarted }) => testCaseStarted))
  const told = runs.flatMap((run): readonly (string | undefined)[] => {
    const files = filesRan(run)
    return files.length > 0 ? files : [undefined]
  })
  return [...new Set(told)]
}
