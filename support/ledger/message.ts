import { createHash } from 'node:crypto'

/** What a message is, without where it is: two messages with the same identity can't be told apart. */
export interface Message {
  readonly subject: string
  /** sha256 of the headers in a fixed order, in hex; empty where there are none. */
  readonly headers: string
  /** sha256 of the payload, in hex. */
  readonly payload: string
}

/** Headers as pairs of a name and one value, in any order; a name may come more than once. */
export type Headers = readonly (readonly [name: string, value: string])[]

/** The message of a subject, headers and payload. The order in which headers come says nothing. */
export function message(subject: string, headers: Headers, payload: Uint8Array): Message {
  return {
    subject,
    headers: headers.length === 0 ? '' : sha256(JSON.stringify(headers.toSorted(byNameKeepingValues))),
    payload: sha256(payload),
  }
}

/** One text for all that a message is. */
export function identity({ subject, headers, payload }: Message): string {
  return `${subject} ${headers} ${payload}`
}

/**
 * The headers of a stored message.
 *
 * @param block as JetStream keeps it: a status line, then `Name: value` lines (NATS protocol, HPUB)
 */
export function parsedHeaders(block: string): Headers {
  return block
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    })
}

/** Values of one name have an order that means something, so the sort has to be, and is, a stable one. */
function byNameKeepingValues(a: Headers[number], b: Headers[number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
