import { LabBroken, RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import { hostnames } from '../lab/address'
import type { Manifest, VolumeFile } from '../lab/backup-volume'
import { keptFolder } from '../lab/lookout'
import { namespace } from '../lab/namespace'
import { inNode } from '../lab/node'
import { attachable, brokenPromises, type Comparison, compare } from '../ledger/compare'
import { damageOf, isIntact } from '../ledger/damage'
import { messagesOf } from '../ledger/read-back'
import { withoutRevived } from '../ledger/revived'
import type { Scenario } from '../scenario'
import type { Publishers } from './publishers'

const inspect = `kubectl exec -n ${namespace} nats-backup-shell -- restore --inspect latest`

/** What the newest archive really holds, found by restoring it and by reading its bytes. */
export class ArchiveContent {
  constructor(
    protected readonly scenario: Scenario,
    private readonly publishers: Publishers,
  ) {}

  /**
   * Restored into the second site by the harness, the newest archive gives back every message and consumer that was promised.
   *
   * @param judged what of the comparison is judged; all of it, unless told
   * @throws RunbookFailed with what is missing, altered, duplicated, out of order or unexpected
   */
  async comesBack(judged = (comparison: Comparison) => comparison): Promise<void> {
    const { dataset, secondSite } = this.scenario.lane
    await this.restore()
    const comparison = judged(await compare(dataset.ledger, secondSite, 'restored'))
    await this.scenario.record('ledger', attachable(comparison))
    const broken = brokenPromises(comparison)
    expectSame(
      'The newest archive does not give back everything',
      '',
      broken.slice(0, 25).join('\n'),
      inspect,
    )
  }

  /** As `comesBack`, and what a bucket's history had discarded may come back too, where NATS itself has it again. @throws RunbookFailed as `comesBack` does */
  async comesBackAfterCrash(): Promise<void> {
    await this.comesBack((comparison) => withoutRevived(comparison, this.scenario.lane.dataset.ledger))
  }

  /** The newest archive is restored into the second site and compared, message by message, in less than that time. @throws RunbookFailed when it takes longer */
  async comesBackWithin(minutes: number): Promise<void> {
    const started = Date.now()
    await this.comesBack()
    const measure = { ms: Date.now() - started, targetMs: minutes * 60_000 }
    await this.scenario.record('measure', {
      name: 'Restore of the newest archive, with every message compared',
      ...measure,
    })
    expectSame('The restore took too long', true, measure.ms < measure.targetMs, inspect)
  }

  /**
   * No publisher got an error, some published while the archive was made, and it gives back all that was acknowledged
   * before it was begun: the stream as it was at one moment after that.
   *
   * @throws RunbookFailed with what is missing; LabBroken when nobody published meanwhile
   */
  async holdsWhatWasPublished(): Promise<void> {
    const { errors, ledger, stream } = await this.publishers.end()
    expectSame('Publishers got errors', '', errors.join('\n'), `kubectl logs -n ${namespace} -l app=nats`)
    const { manifest } = await this.scenario.lane.volume.newest()
    const [begun, ended] = [Date.parse(manifest.startedAt), Date.parse(manifest.finishedAt)]
    const { lastSequence = 0 } = manifest.streams.find(({ name }) => name === stream) ?? {}
    const all = ledger.expected(stream)
    const meanwhile = all.filter(({ at }) => Date.parse(at) > begun && Date.parse(at) < ended)
    if (meanwhile.length === 0) {
      throw new LabBroken('RBK_NOT_LIVE', {
        attempted: `Nothing was published to ${stream} while the backup ran, so nothing was learnt`,
        got: `${all.length} messages, the backup from ${manifest.startedAt} to ${manifest.finishedAt}`,
      })
    }
    const late = all.filter(({ at, seq }) => Date.parse(at) < begun && seq > lastSequence)
    expectSame(
      'The archive lacks what was acknowledged before it was begun',
      '',
      late.map(({ seq }) => seq).join(' '),
      inspect,
    )
    await this.restore()
    const promised = all.filter(({ seq }) => seq <= lastSequence)
    const damage = damageOf(stream, promised, [], await messagesOf(this.scenario.lane.secondSite, stream))
    await this.scenario.record(
      'ledger',
      attachable({
        target: 'the second site',
        streams: [damage],
        consumers: [],
        configs: [],
        unexpectedStreams: [],
        unexpectedConsumers: [],
      }),
    )
    if (!isIntact(damage)) {
      throw new RunbookFailed('RBK_LEDGER', {
        attempted: `What came back of ${stream} is not what was acknowledged`,
        expected: `${promised.length} messages, up to sequence ${lastSequence}`,
        got: Object.entries(damage)
          .map(([kind, found]) => `${kind}: ${Array.isArray(found) ? found.length : found}`)
          .join(', '),
      })
    }
  }

  /**
   * What the manifest tells is true: the sha256 of each file of the archive, counts that add up, and the versions of the
   * server and the tools that made it.
   *
   * @throws RunbookFailed with what isn't
   */
  async manifestIsTrue(): Promise<void> {
    const { volume, operated, lookout } = this.scenario.lane
    const { file, manifest } = await volume.newest()
    await this.addsUp(file, manifest)
    const { output } = await lookout.run('nats --version')
    expectSame(
      'The manifest’s versions are not those that made the archive',
      {
        natsVersion: operated.connection.info?.version,
        natsCli: output.trim(),
        cluster: operated.connection.info?.cluster,
      },
      {
        natsVersion: manifest.source.natsVersion,
        natsCli: manifest.tools.natsCli,
        cluster: manifest.source.cluster,
      },
      inspect,
    )
  }

  /** The manifest has the sha256 of each file of its archive, and counts that add up. */
  protected async addsUp(file: VolumeFile, manifest: Manifest): Promise<void> {
    const sums = await this.scenario.lane.volume.checksumsOf(file)
    const told = manifest.files.map(({ sha256, path }) => `${sha256}  ${path}`)
    expectSame('The manifest’s checksums are not those of the files', sums, told.join('\n'), inspect)
    const sum = (of: (stream: (typeof manifest.streams)[number]) => number) =>
      manifest.streams.reduce((total, stream) => total + of(stream), 0)
    const { streams, messages, consumers } = manifest.totals
    expectSame(
      'The manifest’s totals do not add up',
      {
        streams: manifest.streams.length,
        messages: sum((each) => each.messages),
        consumers: sum((each) => each.consumers.length),
      },
      { streams, messages, consumers },
      inspect,
    )
  }

  /** The output of the last block names each stream with the messages that were promised, and each consumer. */
  async isTold(): Promise<void> {
    const { ledger } = this.scenario.lane.dataset
    for (const stream of ledger.streams) {
      const consumers = ledger.consumers.filter((each) => each.stream === stream)
      this.tells(stream, ledger.expected(stream).length, consumers)
    }
  }

  /** The output of the last block has a line for a stream, and one for each of its consumers. */
  protected tells(
    stream: string,
    messages: number,
    consumers: ReadonlyArray<{ readonly name: string }>,
  ): void {
    const counts = `${String(messages).padStart(8)} messages ${String(consumers.length).padStart(4)} consumers`
    this.scenario.operator.shows(`stream: ${stream.padEnd(24)} ${counts}`)
    for (const { name } of consumers) this.scenario.operator.shows(`consumer: ${stream} ${name}`)
  }

  /** The output of the last block names each archive of the volume. */
  async archivesAreTold(): Promise<void> {
    for (const { name } of await this.scenario.lane.volume.archives()) this.scenario.operator.shows(name)
  }

  /** Into the second site, by the script itself, from the lookout. */
  private async restore(): Promise<void> {
    const { volume, address, lookout } = this.scenario.lane
    const { file } = await volume.newest()
    await lookout.run('true')
    const judged = `${keptFolder}/judged`
    await inNode(address.cluster.node, {
      attempted: 'The newest archive could not be copied',
      script: 'rm --recursive --force "$3"; mkdir "$3"; cp "$1/$2" "$3/"; chown --recursive 1000:1000 "$3"',
      args: [await volume.folder(), file.name, judged],
    })
    const { exitCode, output } = await lookout.run(
      `export NATS_URL=nats://${hostnames.secondSite}:4222 NATS_USER=restore NATS_PASSWORD='${address.nats.passwords.restore}'
       BACKUP_DIR=${judged} restore --drill; status=$?; rm --recursive ${judged}; exit $status`,
    )
    expectSame(`${file.name} can't be restored`, 0, exitCode === 0 ? 0 : output.slice(-1500), inspect)
  }
}
