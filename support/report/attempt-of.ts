import type { Envelope } from '@cucumber/messages'

/** The id of the attempt that a message tells of, once that has begun; undefined for messages about anything else. */
export function attemptOf(envelope: Envelope): string | undefined {
  const { attachment, testStepStarted, testStepFinished, testCaseFinished } = envelope
  return (attachment ?? testStepStarted ?? testStepFinished ?? testCaseFinished)?.testCaseStartedId
}
