import { expectKept, RestoreDrill } from '../backup/restore-drill'
import { differingFields } from '../differing-fields'
import { LabBroken } from '../errors'
import { expectSame } from '../expect-same'
import { type AccountState, accountState, type StreamState } from '../jetstream/account'
import type { Manifest } from '../lab/backup-volume'
import { attachable, type Comparison } from '../ledger/compare'
import { type Damage, damageOf } from '../ledger/damage'
import { messagesOf } from '../ledger/read-back'
import { isDurable } from './durable'
import type { ClusterLane } from './lane'

/**
 * What NATS holds on an existing cluster, where others publish and nobody kept a ledger: what it held when the scenario
 * began is what must not be lost.
 */
export class FoundData extends RestoreDrill {
  private before: AccountState | undefined
  private drilledBefore: AccountState = {}

  /** NATS holds streams with messages. @throws LabBroken when it's empty: then nothing can be shown */
  override async productionHoldsData(): Promise<void> {
    const { operated, drills } = this.lane
    const account = await accountState(operated)
    this.before = account
    this.drilledBefore = drills ? await accountState(drills) : {}
    if (Object.values(account).some(({ messages }) => messages > 0)) return
    throw new LabBroken('RBK_NO_DATA', {
      attempted: 'NATS holds no message on this cluster, so nothing can be shown of its backup',
      expected: 'at least one stream with messages',
      got: Object.keys(account).join(', ') || 'no stream',
    })
  }

  /**
   * NATS has the streams and durable consumers that it had, not made anew; no stream has lost its end, and none that keeps all
   * it gets has lost a message.
   *
   * @throws RunbookFailed with what changed
   */
  override async productionIsUntouched(): Promise<void> {
    const was = this.before
    if (!was)
      throw new LabBroken('RBK_NO_DATA', { attempted: 'The scenario doesn’t begin with what NATS holds' })
    const now = await accountState(this.lane.operated)
    const changed = Object.entries(was).flatMap(([name, stream]) => changesOf(name, stream, now[name]))
    expectSame(
      'NATS itself changed although only the second site should have',
      '',
      changed.join('\n'),
      'nats stream report',
    )
  }

  /**
   * The second site has, made anew since the scenario began, each stream of the archive that the last block restored, with as
   * many messages; among them, unchanged, every one that NATS had then and still has; and every durable consumer.
   *
   * @throws RunbookFailed with what is missing, altered or too much
   */
  override async secondSiteHoldsEverything(): Promise<void> {
    const { streams } = await this.restoredArchive()
    const { secondSite } = this.lane
    const account = await accountState(secondSite)
    const comparison: Comparison = {
      target: secondSite.site.name,
      streams: await Promise.all(streams.map((stream) => this.damageOf(stream))),
      consumers: streams.flatMap(({ name: stream, consumers }) =>
        consumers
          .filter(({ durable }) => durable)
          .map(({ name }) => {
            const ok = account[stream]?.consumers[name] !== undefined
            return { stream, name, ok, detail: ok ? 'is there' : 'is missing' }
          }),
      ),
      configs: streams.flatMap((stream) =>
        differencesOf(stream, account[stream.name], this.drilledBefore[stream.name]),
      ),
      unexpectedStreams: [],
      unexpectedConsumers: [],
    }
    await this.scenario.record('ledger', attachable(comparison))
    expectKept('The second site does not hold what was restored into it', comparison)
  }

  /** By the name that the restore has printed: S3 and the volume needn't have the same newest one. */
  private async restoredArchive(): Promise<Manifest> {
    const printed = this.scenario.operator.printed()
    const name = /restore: succeeded.* of (nats-\S+\.tar\.gz)/.exec(printed)?.[1]
    const { volume } = this.lane
    const file = (await volume.archives()).find((archive) => archive.name === name)
    if (file) return volume.manifestOf(file)
    throw new LabBroken('RBK_NO_ARCHIVE', {
      attempted: 'What was restored can’t be compared: its archive is not on the backup volume',
      got: name ?? 'no line "restore: succeeded … of nats-….tar.gz"',
    })
  }

  /** What has gone from NATS since the archive can't be judged. */
  private async damageOf({ name, lastSequence }: Manifest['streams'][number]): Promise<Damage> {
    const { operated, secondSite } = this.lane
    const [live, restored] = await Promise.all([messagesOf(operated, name), messagesOf(secondSite, name)])
    const promised = live.filter(({ seq }) => seq <= lastSequence).map((each) => ({ ...each, stream: name }))
    const judged = new Set(promised.map(({ seq }) => seq))
    const there = restored.filter(({ seq }) => judged.has(seq) || seq > lastSequence)
    return damageOf(name, promised, [], there)
  }

  private get lane(): ClusterLane {
    return this.scenario.lane as ClusterLane
  }
}

function changesOf(name: string, was: StreamState, now: StreamState | undefined): string[] {
  if (!now) return [`stream ${name}: is gone`]
  const consumers = Object.entries(was.consumers).filter(([, consumer]) => isDurable(consumer))
  return [
    ...(was.created === now.created ? [] : [`stream ${name}: was made anew at ${now.created}`]),
    ...(now.lastSeq >= was.lastSeq ? [] : [`stream ${name}: ends at ${now.lastSeq}, was at ${was.lastSeq}`]),
    ...(keepsAll(was) && now.messages < was.messages
      ? [`stream ${name}: ${now.messages} messages, were ${was.messages}`]
      : []),
    ...differingFields(was.config, now.config).map((field) => `stream ${name}: config ${field}`),
    ...consumers.flatMap(([consumer, { created }]) =>
      now.consumers[consumer]?.created === created
        ? []
        : [`consumer ${consumer} of ${name}: is gone, or made anew`],
    ),
  ]
}

/** Whether no message goes by itself, neither with time nor for a newer one nor when it was consumed. */
function keepsAll({ config }: StreamState): boolean {
  const { retention, max_age, allow_msg_ttl, ...limits } = config as Readonly<Record<string, unknown>>
  const none = [limits.max_msgs, limits.max_bytes, limits.max_msgs_per_subject].every(
    (limit) => limit === -1 || limit === undefined,
  )
  return retention === 'limits' && !max_age && !allow_msg_ttl && none
}

/** What of a stream isn't as in its archive, and whether it's another than before the drill. */
function differencesOf(
  { name, messages, maxAgeNanoseconds, messageTtl }: Manifest['streams'][number],
  now: StreamState | undefined,
  before: StreamState | undefined,
): string[] {
  if (!now) return [`stream ${name}: is not there`]
  const expires = maxAgeNanoseconds > 0 || messageTtl
  return [
    ...(now.created === before?.created ? [`stream ${name}: was there before, and not restored now`] : []),
    ...(now.messages === messages || (expires && now.messages < messages)
      ? []
      : [`stream ${name}: ${now.messages} messages, ${messages} in the archive`]),
  ]
}
