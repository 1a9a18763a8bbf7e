import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LifecycleRule } from 'minio'
import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import { apply } from '../kubernetes/apply'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import { downloadObject, newestUnder } from '../objectstore/archive'
import { snapshot } from '../objectstore/snapshot'
import { makeUser } from '../objectstore/user'
import type { Scenario } from '../scenario'
import { lifecycleFlaws } from './lifecycle'
import { bucket, prefix } from './s3-user'

/** The second copy of the archives, in S3. */
export class OffsiteCopies {
  constructor(protected readonly scenario: Scenario) {}

  /** Bucket, user and secret are there, made by the harness: for procedures that begin after the set-up. */
  async enable(): Promise<void> {
    await this.makeBucket()
    await this.scenario.lane.store.s3.setBucketLifecycle(bucket, { Rule: publishedRules() })
    await this.giveKey('nats-backup', 'nats-archives', 'backup-policy.json', 'nats-backup-s3')
  }

  /** The read-only user and its secret are there. */
  async enableRestores(): Promise<void> {
    await this.giveKey('nats-restore', 'nats-archives-read', 'restore-policy.json', 'nats-restore-s3')
  }

  /** The bucket is there and versioned, and nothing in it expires yet. */
  async makeBucket(): Promise<void> {
    const { s3 } = this.scenario.lane.store
    await s3.makeBucket(bucket)
    await s3.setBucketVersioning(bucket, { Status: 'Enabled' })
  }

  private async giveKey(user: string, policy: string, file: string, secret: string): Promise<void> {
    const { store, kubernetes, mask } = this.scenario.lane
    const document = readFileSync(join(checkout, 'fixtures', 'nats', 's3', file), 'utf8')
    const key = await makeUser(store, user, policy, document)
    mask.learn(`key of ${user}`, key.AWS_SECRET_ACCESS_KEY)
    const metadata = { name: secret, namespace }
    await apply(kubernetes, [{ apiVersion: 'v1', kind: 'Secret', metadata, stringData: key }])
  }

  /** The bucket has versioning and the published lifecycle. @throws RunbookFailed when the bucket isn't versioned, or its lifecycle isn't the published one */
  async bucketKeeps(name: string, days: number): Promise<void> {
    const state = await this.stateOf(name)
    const flaws = lifecycleFlaws(state?.lifecycle, prefix, days)
    if (state?.versioning === 'Enabled' && flaws.length === 0) return
    const lifecycle = JSON.stringify(state?.lifecycle ?? null)
    throw new RunbookFailed('RBK_BUCKET', {
      attempted: `The bucket ${name} is not set up as the page says`,
      expected: `versioning Enabled; a lifecycle by which what is under ${prefix} expires after ${days} days, and nothing else`,
      got: state
        ? [`versioning ${state.versioning}`, ...flaws, `lifecycle ${lifecycle}`].join('\n')
        : 'no such bucket',
      repeat: `aws s3api get-bucket-versioning --bucket ${name}; aws s3api get-bucket-lifecycle-configuration --bucket ${name}`,
    })
  }

  /** Each archive of the volume is in the bucket with the same sha256. @throws RunbookFailed when an archive of the volume is missing in the bucket, or has other bytes there */
  async holdsEveryArchive(): Promise<void> {
    const archives = await this.scenario.lane.volume.archives()
    const copies: Array<{ name: string; is: string; was: string }> = []
    for (const { name, sha256 } of archives) {
      copies.push({ name, is: (await this.sha256Of(name)) ?? 'not there', was: sha256 })
    }
    const wrong = copies.filter(({ is, was }) => is !== was)
    if (archives.length > 0 && wrong.length === 0) return
    throw new RunbookFailed('RBK_OFFSITE', {
      attempted: 'The bucket does not hold every archive of the volume, byte for byte',
      expected:
        archives.map(({ name, sha256 }) => `${name} sha256 ${sha256}`).join('\n') || 'at least one archive',
      got: wrong.map(({ name, is }) => `${name}: ${is}`).join('\n'),
      repeat: `aws s3api list-objects-v2 --bucket ${bucket} --prefix ${prefix}`,
    })
  }

  /** How a bucket is set up; undefined when there is none of that name. */
  protected async stateOf(name: string): Promise<{ versioning: string; lifecycle: unknown } | undefined> {
    return (await snapshot(this.scenario.lane.store)).buckets[name]
  }

  /** The sha256 of the copy of an archive; undefined when there is none. */
  protected async sha256Of(name: string): Promise<string | undefined> {
    const { store } = this.scenario.lane
    const copy = await downloadObject(store, { bucket, key: `${prefix}${name}` }, '/dev/null').catch(
      () => undefined,
    )
    return copy?.sha256
  }

  /** As many archives as that are in the bucket, and no more. @throws RunbookFailed when the copies in the bucket are not as many */
  async archivesAre(count: number): Promise<void> {
    const copies = await newestUnder(this.scenario.lane.store, bucket, prefix)
    if (copies.length === count) return
    throw new RunbookFailed('RBK_OFFSITE', {
      attempted: 'The bucket does not hold as many archives as the runbook says',
      expected: `${count}`,
      got: copies.map(({ key, bytes }) => `${key} (${bytes} bytes)`).join('\n') || 'none',
    })
  }

  /** The bucket holds nothing at all. @throws RunbookFailed when anything is in it: a version, a delete marker, a part of an upload */
  async isEmpty(): Promise<void> {
    const state = (await snapshot(this.scenario.lane.store)).buckets[bucket]
    const got = {
      versions: state?.versions.map(({ key }) => key),
      uploads: state?.uploads.map(({ key }) => key),
    }
    const look = `aws s3api list-object-versions --bucket ${bucket}; aws s3api list-multipart-uploads --bucket ${bucket}`
    expectSame('Something is left in the bucket', { versions: [], uploads: [] }, got, look)
  }

  /** The backup gives S3 so many seconds to answer, by the setting that a site has for it. */
  async waitSeconds(seconds: number): Promise<void> {
    const path = pathOf(kindOf('v1', 'ConfigMap'), namespace, 'nats-backup-settings')
    const body = { data: { OFFSITE_TIMEOUT_SECONDS: String(seconds) } }
    await this.scenario.lane.kubernetes.ask('PATCH', path, { body, type: 'application/merge-patch+json' })
  }
}

function publishedRules(): LifecycleRule[] {
  const file = join(checkout, 'fixtures', 'nats', 's3', 'lifecycle.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { Rules: LifecycleRule[] }).Rules
}
