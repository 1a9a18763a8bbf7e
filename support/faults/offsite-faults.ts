import { bucket, type S3User } from '../backup/s3-user'
import { hostnames } from '../lab/address'
import type { Scenario } from '../scenario'
import { FaultsOf } from './faults-of'
import { s3Refused } from './s3-refused'
import { s3BucketGone, s3PolicyGone, s3QuotaReached } from './s3-refusing'
import { s3KeysPlaceholder, s3NameUnknown, s3SecretGone } from './s3-settings'
import { s3Throttled } from './s3-throttled'
import { type S3Connection, s3CutsUploads, s3Hangs, s3Slow } from './s3-toxic'
import { ToxicProxy } from './toxiproxy'

/** The faults that the off-site copy meets, on this scenario's lane. Each method throws LabBroken when it doesn't take. */
export class OffsiteFaults {
  private readonly inForce: FaultsOf

  constructor(
    private readonly scenario: Scenario,
    private readonly user: S3User,
  ) {
    this.inForce = new FaultsOf('S3', scenario)
  }

  /** Nothing listens at the address of S3; proven by a request from the toolbox. */
  async refusesConnections(): Promise<void> {
    const { proxy, probe, endpoint } = this.connection
    await this.inForce.begin(s3Refused(proxy, probe, endpoint))
  }

  /**
   * Whatever was done to S3 is ended, and it answers.
   *
   * @throws HarnessMisused when nothing was done to it, LabBroken when it doesn't end
   */
  async answersAgain(): Promise<void> {
    await this.inForce.end()
  }

  /** S3 takes connections and says nothing; proven by a request from the toolbox. */
  async hangs(): Promise<void> {
    await this.inForce.begin(s3Hangs(this.connection))
  }

  /** S3 takes data at so many KiB a second; proven by a timed upload. */
  async isSlow(kibibytesPerSecond: number): Promise<void> {
    await this.inForce.begin(s3Slow(this.connection, kibibytesPerSecond))
  }

  /** Every connection to S3 is cut after so many KiB are sent on it; proven by a small and a big upload. */
  async cutsUploads(kibibytes: number): Promise<void> {
    await this.inForce.begin(s3CutsUploads(this.connection, kibibytes))
  }

  /** The backup user loses its policy; proven with the key in the secret. */
  async policyIsGone(): Promise<void> {
    await this.inForce.begin(s3PolicyGone(this.scenario.lane.store, () => this.user.lists()))
  }

  /** The bucket is deleted; proven with the key in the secret. */
  async bucketIsGone(): Promise<void> {
    await this.inForce.begin(s3BucketGone(this.scenario.lane.store, bucket, () => this.user.lists()))
  }

  /** The bucket gets a quota of so many KiB; proven by an upload that is refused. */
  async quotaIsReached(kibibytes: number): Promise<void> {
    await this.inForce.begin(s3QuotaReached(this.scenario.lane.address.s3, bucket, kibibytes))
  }

  /** Uploads of others use up what S3 takes at a time; proven by one more, which is turned away. */
  async isThrottled(): Promise<void> {
    await this.inForce.begin(s3Throttled(this.scenario.lane.store, bucket))
  }

  /** Backups are pointed at a name that has no address; proven by looking it up. */
  async nameIsUnknown(): Promise<void> {
    await this.inForce.begin(s3NameUnknown(this.scenario.lane.kubernetes, this.scenario.probe))
  }

  /** The secret is not in the cluster any more. */
  async secretIsGone(name: string): Promise<void> {
    await this.inForce.begin(s3SecretGone(this.scenario.lane.kubernetes, name))
  }

  /** The secret holds what a template had in it, in the place of keys. */
  async keysArePlaceholders(): Promise<void> {
    await this.inForce.begin(s3KeysPlaceholder(this.scenario.lane.kubernetes))
  }

  private get connection(): S3Connection {
    const { lane, probe } = this.scenario
    const proxy = new ToxicProxy(lane.address.toxiproxy, 's3')
    return { proxy, probe, store: lane.store, endpoint: `http://${hostnames.s3}:9000` }
  }
}
