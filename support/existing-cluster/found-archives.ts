import { Archives } from '../backup/archives'
import { LabBroken } from '../errors'
import { expectSame } from '../expect-same'
import { accountState, type StreamState } from '../jetstream/account'
import type { JetStream } from '../jetstream/connection'
import type { Manifest } from '../lab/backup-volume'
import { namespace } from '../lab/namespace'
import { messageFrom } from '../ledger/read-back'
import { isDurable } from './durable'

/** The archives of an existing cluster. Nobody kept a ledger there, so what NATS holds now tells what an archive must hold. */
export class FoundArchives extends Archives {
  /**
   * The newest archive says that it holds every stream, as many messages and every durable consumer that NATS had when it
   * was begun and still has.
   *
   * @throws RunbookFailed with what it lacks, LabBroken when NATS has nothing that is older than it
   */
  override async newestIsComplete(): Promise<void> {
    const { volume, operated } = this.scenario.lane
    const { file, manifest } = await volume.newest()
    const begun = Date.parse(manifest.startedAt)
    const older = Object.entries(await accountState(operated)).filter(
      ([, { created }]) => Date.parse(created) < begun,
    )
    if (older.length === 0) {
      throw new LabBroken('RBK_NO_DATA', {
        attempted: `NATS has no stream that is older than ${file.name}, so nothing can be shown of it`,
      })
    }
    const lacks = await Promise.all(older.map(([name, state]) => lackOf(operated, name, state, manifest)))
    expectSame(
      `${file.name} does not hold what NATS held when it was begun`,
      '',
      lacks.flat().join('\n'),
      `kubectl logs -n ${namespace} -l app=nats-backup`,
    )
  }
}

async function lackOf(
  nats: JetStream,
  name: string,
  state: StreamState,
  { streams, startedAt }: Manifest,
): Promise<string[]> {
  const archived = streams.find((each) => each.name === name)
  if (!archived) return [`stream ${name}: not in the archive`]
  const begun = Date.parse(startedAt)
  const { lastSequence, messages } = archived
  const next = await messageFrom(nats, name, lastSequence + 1)
  const left = messagesUpTo(state, lastSequence)
  const known = new Set(archived.consumers.map((consumer) => consumer.name))
  const consumers = Object.entries(state.consumers).filter(
    ([consumer, each]) => Date.parse(each.created) < begun && isDurable(each) && !known.has(consumer),
  )
  return [
    ...(next && Date.parse(next.at) < begun
      ? [`stream ${name}: ends at ${lastSequence}; sequence ${next.seq} was there at ${next.at}`]
      : []),
    ...(messages < left
      ? [`stream ${name}: ${messages} messages; up to ${lastSequence} NATS still has ${left}`]
      : []),
    ...consumers.map(([consumer]) => `consumer ${consumer} of ${name}: not in the archive`),
  ]
}

/** How many messages of a stream are still there, up to a sequence. */
function messagesUpTo({ firstSeq, lastSeq, deleted }: StreamState, seq: number): number {
  const last = Math.min(seq, lastSeq)
  return Math.max(0, last - firstSeq + 1) - deleted.filter((each) => each <= last).length
}
