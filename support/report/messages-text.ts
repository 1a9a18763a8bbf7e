import type { Envelope } from '@cucumber/messages'

/** Messages as files have them: newline-delimited JSON. */
export function messagesText(envelopes: readonly Envelope[]): string {
  return envelopes.map((envelope) => `${JSON.stringify(envelope)}\n`).join('')
}
