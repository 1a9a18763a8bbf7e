import type { Envelope } from '@cucumber/messages'

/**
 * Reads messages. A run that was killed leaves half a line at the end of its file: that one is passed over, and
 * what is missing makes the run inconclusive.
 *
 * @param text newline-delimited JSON
 */
export function parseMessages(text: string): Envelope[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as Envelope]
    } catch {
      return []
    }
  })
}
