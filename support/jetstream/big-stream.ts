import type { JetStream } from './connection'
import { content } from './content'

const part = 262_144

/** Options of the library that its types leave out: until every server knows of a new stream, nobody may respond. */
const patience = { timeout: 10_000, retries: 50, retry_delay: 100 }

/**
 * Makes a stream of three replicas that is larger than what a snapshot sends ahead (8 MiB): only then does a server
 * wait for the reader.
 *
 * @throws Error when JetStream refuses
 */
export async function makeBigStream(
  { manager, client }: JetStream,
  name: string,
  mib: number,
): Promise<void> {
  const subject = name.toLowerCase()
  await manager.streams.add({ name, subjects: [subject], num_replicas: 3 })
  const publish = (index: number) =>
    client.publish(subject, content('big', `${name} ${index}`, part), patience)
  // The first goes alone, so that no other overtakes it when it has to be tried again.
  await publish(0)
  await Promise.all(Array.from({ length: (mib * 1_048_576) / part - 1 }, (_, index) => publish(index + 1)))
}
