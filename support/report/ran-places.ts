import type { Envelope } from '@cucumber/messages'
import { readAttachment } from './attachment'

/** Where the runs of these messages were, each place once, as words; none for runs that didn't get so far as to tell. */
export function placesRan(envelopes: readonly Envelope[]): readonly string[] {
  const told = envelopes.flatMap(({ attachment }): string[] => {
    const attached = attachment && readAttachment(attachment)
    if (attached?.kind !== 'lab') return []
    const { cluster } = attached.value
    return [cluster === undefined ? 'the lab' : `the existing cluster ${cluster}`]
  })
  return [...new Set(told)]
}
