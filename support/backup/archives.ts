import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import type { BackupVolume, Manifest, VolumeFile } from '../lab/backup-volume'
import { namespace } from '../lab/namespace'
import { inNode } from '../lab/node'
import type { Ledger } from '../ledger/ledger'
import type { Scenario } from '../scenario'

/** The archives on the backup volume, and what they hold. */
export class Archives {
  private before: readonly VolumeFile[] = []

  constructor(protected readonly scenario: Scenario) {}

  /** Names of those that were there when the procedure began, oldest first. */
  get earlier(): readonly string[] {
    return this.before.map(({ name }) => name)
  }

  /** Remembers which archives are there now. */
  async remember(): Promise<void> {
    this.before = await this.volume.archives()
  }

  /** As many archives as that are on the backup volume, and no more. @throws RunbookFailed when there are more or fewer */
  async are(count: number): Promise<void> {
    const archives = await this.volume.archives()
    if (archives.length === count) return
    throw new RunbookFailed('RBK_ARCHIVES', {
      attempted: 'The backup volume does not hold the archives that the runbook promises',
      expected: `${count}`,
      got: `${archives.length}: ${archives.map(({ name, size }) => `${name} (${size} bytes)`).join(', ')}`,
    })
  }

  /** One byte in the middle of the newest archive is another than was written. */
  async damageNewest(): Promise<void> {
    const { file } = await this.volume.newest()
    await inNode(this.scenario.lane.address.cluster.node, {
      attempted: 'No byte of the newest archive could be changed',
      // Another byte than the one that is there, whatever that is.
      script: `at=$(($2 / 2)); byte=$(od -An -tu1 -j "$at" -N 1 "$1")
        printf "\\x$(printf %02x $(((byte + 1) % 256)))" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none`,
      args: [`${await this.volume.folder()}/${file.name}`, String(file.size)],
    })
  }

  /** Somebody has unpacked the newest archive, changed one file of it and packed it again: nothing of it is unreadable. */
  async repackNewest(): Promise<void> {
    const { file } = await this.volume.newest()
    await inNode(this.scenario.lane.address.cluster.node, {
      attempted: 'The newest archive could not be packed again',
      script: `work=$(mktemp -d) && cd "$work"
        tar --extract --gzip --file "$1"
        echo >>streams/AUDIT/backup.json
        tar --create --gzip --sort=name --file "$1" manifest.json streams
        rm --recursive "$work"`,
      args: [`${await this.volume.folder()}/${file.name}`],
    })
  }

  /** Every archive that was on the volume before the procedure began is there, and no byte of it has changed. @throws RunbookFailed with those that are gone or changed */
  async earlierOnesStay(): Promise<void> {
    const now = new Map((await this.volume.archives()).map(({ name, sha256 }) => [name, sha256]))
    const lost = this.before.filter(({ name, sha256 }) => now.get(name) !== sha256).map(({ name }) => name)
    expectSame(
      'Archives that were on the volume are gone or changed',
      [],
      lost,
      `kubectl get jobs -n ${namespace}`,
    )
  }

  /** A backup that broke off has left no part of an archive behind. @throws RunbookFailed with each file that is one */
  async noneIsHalf(): Promise<void> {
    const files = (await this.volume.files()).map(({ name }) => name)
    const half = files.filter((name) => name.endsWith('.partial'))
    expectSame('A half-written archive is left on the volume', [], half, `kubectl get jobs -n ${namespace}`)
  }

  /**
   * What the newest archive says of itself is all that publishers were told is safe: as many messages in each
   * stream, the same sequences, every consumer. That the messages are whole is shown by restoring them.
   *
   * @throws RunbookFailed with each stream that is short
   */
  async newestIsComplete(): Promise<void> {
    const { file, manifest } = await this.volume.newest()
    this.isComplete(file, manifest)
  }

  /** Every archive on the volume says of itself that it holds all that publishers were told is safe. @throws RunbookFailed with each stream that is short in one */
  async allAreComplete(): Promise<void> {
    for (const file of await this.volume.archives()) this.isComplete(file, await this.volume.manifestOf(file))
  }

  private isComplete(file: VolumeFile, { streams }: Manifest): void {
    const archived = streams.map(({ name, messages, firstSequence, lastSequence, consumers }) => {
      const sequences = messages === 0 ? '' : ` sequences ${firstSequence} to ${lastSequence}`
      return `${name}: ${messages} messages${sequences}, consumers ${names(consumers)}`
    })
    expectSame(
      `${file.name} (${file.size} bytes) does not hold everything that was acknowledged`,
      promised(this.scenario.lane.dataset.ledger).join('\n'),
      archived.toSorted().join('\n'),
      `kubectl logs -n ${namespace} -l app=nats-backup`,
    )
  }

  private get volume(): BackupVolume {
    return this.scenario.lane.volume
  }
}

/** What an archive must say, from the ledger. */
function promised(ledger: Ledger): string[] {
  return ledger.streams
    .map((stream) => {
      const messages = ledger.expected(stream)
      const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq]
      const consumers = ledger.consumers.filter((consumer) => consumer.stream === stream)
      const sequences = messages.length === 0 ? '' : ` sequences ${first} to ${last}`
      return `${stream}: ${messages.length} messages${sequences}, consumers ${names(consumers)}`
    })
    .toSorted()
}

function names(consumers: ReadonlyArray<{ readonly name: string }>): string {
  return (
    consumers
      .map(({ name }) => name)
      .toSorted()
      .join(', ') || 'none'
  )
}
