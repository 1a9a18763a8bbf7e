import type { Envelope } from '@cucumber/messages'
import { filesMessage } from '../files-message'

/** Messages of runs as the formatter writes them: each tells, where it begins, with which files. */
export function withFiles(envelopes: readonly Envelope[], files: string): Envelope[] {
  return envelopes.flatMap((each) => (each.testRunStarted ? [each, filesMessage(files)] : [each]))
}
