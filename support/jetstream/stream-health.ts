import { eventually } from '../eventually'
import { accountState } from './account'
import type { JetStream } from './connection'

/**
 * Resolves when each of these streams has a leader that answers.
 *
 * @param withinMs how long that may take, in milliseconds
 * @throws LabBroken with those that don't, when it takes longer
 */
export async function everyStreamLed(
  jetstream: JetStream,
  streams: readonly string[],
  withinMs: number,
): Promise<void> {
  await eventually({ name: 'a leader for every stream', ms: withinMs }, async () => {
    const there = Object.keys(await accountState(jetstream))
    const missing = streams.filter((name) => !there.includes(name))
    return missing.length === 0 ? { found: undefined } : { seen: `not there yet: ${missing.join(', ')}` }
  })
}
