import type { StreamConfig } from 'nats'
import { eventually } from '../eventually'
import { absent, type JetStream } from './connection'

/**
 * Makes a stream anew, empty, for tests that do so again and again. While nats-server still removes the files of a deleted
 * stream it can't put those of the next one of that name aside, and the one after that begins with their messages
 * (2.15.2, server/filestore.go, Delete: the rename fails once the block files have lost their index).
 *
 * @throws LabBroken when it isn't empty after 10 s
 */
export async function madeAnew(
  { manager, site }: JetStream,
  config: Partial<StreamConfig> & { readonly name: string },
): Promise<void> {
  await eventually({ name: `An empty stream ${config.name} at ${site.name}`, ms: 10_000 }, async () => {
    await manager.streams.delete(config.name).catch(absent)
    const { state } = await manager.streams.add(config)
    return state.messages === 0
      ? { found: true }
      : { seen: `${state.messages} messages of the one that was deleted` }
  })
}
