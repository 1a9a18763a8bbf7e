import { bucket, prefix } from '../backup/s3-user'
import { type AccountState, accountState } from '../jetstream/account'
import { EmptySite } from '../jetstream/empty-site'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { remove } from '../kubernetes/remove'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import { recycleVolumes } from '../lab/volumes'
import { newestUnder } from '../objectstore/archive'
import type { Scenario } from '../scenario'

/** What a restore is for: data that is gone, made to be gone by the harness. */
export class Disasters {
  private left: AccountState = {}

  constructor(private readonly scenario: Scenario) {}

  /** What NATS still held after the disaster. */
  get survivors(): AccountState {
    return this.left
  }

  /** Every stream is removed, with its messages and consumers: NATS answers, and is empty. */
  async loseEveryStream(): Promise<void> {
    await new EmptySite(this.scenario.lane.operated).putBack()
    await this.remember()
  }

  /** The streams are removed, with their messages and consumers, and the others stay: "AUDIT", "AUDIT, KV_agent-profiles". */
  async loseStreams(names: string): Promise<void> {
    const { operated } = this.scenario.lane
    const held = await accountState(operated)
    const lost = names.split(', ')
    const unknown = lost.filter((name) => !(name in held))
    if (unknown.length > 0) throw new Error(`NATS has no stream ${unknown.join(', ')} that it could lose`)
    await Promise.all(lost.map((name) => operated.removeStream(name)))
    await this.remember()
  }

  /** The claim is deleted, and what lay on its volume with it. */
  async loseBackupVolume(): Promise<void> {
    const { kubernetes, address } = this.scenario.lane
    const path = pathOf(kindOf('v1', 'PersistentVolumeClaim'), namespace, 'nats-backup-pvc')
    await remove(kubernetes, namespace, [await kubernetes.ask<Resource>('GET', path)])
    await recycleVolumes(kubernetes, address.cluster.node)
  }

  /** Other bytes take the place of the newest archive in S3; the bucket keeps the version before. */
  async overwriteNewestCopy(): Promise<void> {
    const { store } = this.scenario.lane
    await store.s3.putObject(bucket, await this.newestCopy(), 'not an archive')
  }

  /**
   * Somebody deleted the newest archive in S3; the bucket keeps it as an earlier version, behind a delete marker. An older
   * one has expired since: its marker is the later one, as it is every night in a bucket that is 30 days old.
   */
  async deleteNewestCopy(): Promise<void> {
    const { store } = this.scenario.lane
    await store.s3.removeObject(bucket, await this.newestCopy())
    const expired = `${prefix}nats-20200101T020000Z.tar.gz`
    await store.s3.putObject(bucket, expired, 'an archive that is too old to be wanted')
    await store.s3.removeObject(bucket, expired)
  }

  private async newestCopy(): Promise<string> {
    const [newest] = await newestUnder(this.scenario.lane.store, bucket, prefix)
    if (!newest) throw new Error('no archive is in the bucket: archives must be copied off-site first')
    return newest.key
  }

  private async remember(): Promise<void> {
    this.left = await accountState(this.scenario.lane.operated)
  }
}
