import { ArchiveContent } from '../backup/archive-content'

/** What the newest archive of an existing cluster holds, as far as it can be seen from the backup shell. */
export class FoundContent extends ArchiveContent {
  /** The output of the last block names each stream of the newest archive, with its messages and consumers. */
  override async isTold(): Promise<void> {
    const { manifest } = await this.scenario.lane.volume.newest()
    for (const { name, messages, consumers } of manifest.streams) this.tells(name, messages, consumers)
  }

  /** The sha256 of each file of the archive, and counts that add up. The versions that made it may have been replaced since. @throws RunbookFailed with what isn't true */
  override async manifestIsTrue(): Promise<void> {
    const { file, manifest } = await this.scenario.lane.volume.newest()
    await this.addsUp(file, manifest)
  }
}
