import { differingFields, type Json } from '../differing-fields'
import type { AccountState, ConsumerState, StreamState } from './account'

/**
 * What differs between two states of an account.
 *
 * @returns a line for each difference: "stream AGENTESE: messages 1199, was 1200"; nothing when they are equal
 */
export function differingStreams(baseline: AccountState, now: AccountState): readonly string[] {
  const names = [...new Set([...Object.keys(baseline), ...Object.keys(now)])].toSorted()
  return names.flatMap((name) =>
    differing(`stream ${name}`, baseline[name], now[name], (before: StreamState, after: StreamState) => [
      ...fields(`stream ${name}`, withoutConsumers(before), withoutConsumers(after)),
      ...differingConsumers(name, before.consumers, after.consumers),
    ]),
  )
}

function differingConsumers(
  stream: string,
  baseline: StreamState['consumers'],
  now: StreamState['consumers'],
): readonly string[] {
  const names = [...new Set([...Object.keys(baseline), ...Object.keys(now)])].toSorted()
  return names.flatMap((name) => {
    const title = `consumer ${name} of ${stream}`
    return differing(title, baseline[name], now[name], (before: ConsumerState, after: ConsumerState) =>
      fields(title, before, after),
    )
  })
}

/** A thing made anew under its old name is another thing, whatever its fields say. */
function differing<T extends { readonly created: string }>(
  title: string,
  before: T | undefined,
  after: T | undefined,
  compare: (before: T, after: T) => readonly string[],
): readonly string[] {
  if (before && after) {
    return before.created === after.created
      ? compare(before, after)
      : [`${title}: made anew at ${after.created}`]
  }
  return [`${title}: ${after ? 'not in the baseline' : 'gone'}`]
}

function fields(title: string, before: object, after: object): readonly string[] {
  return differingFields(before as Json, after as Json).map((field) => `${title}: ${field}`)
}

function withoutConsumers({ consumers: _, ...stream }: StreamState): Omit<StreamState, 'consumers'> {
  return stream
}
