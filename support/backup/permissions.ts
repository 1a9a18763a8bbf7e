import { RunbookFailed } from '../errors'
import { snapshot } from '../objectstore/snapshot'
import type { Scenario } from '../scenario'
import { answerOf, bucket, listed, prefix, read, S3User } from './s3-user'

/** Something a key may do, or must not. */
interface Attempt {
  readonly what: string
  readonly may: boolean
  readonly call: () => Promise<unknown>
}

const otherBucket = 'kgents-other-team'

/** What the keys in the secrets can and can't do, each tried for real. */
export class Permissions {
  constructor(private readonly scenario: Scenario) {}

  /** The keys list, read and add archives; thirteen other things are refused. @throws RunbookFailed with what differs */
  async addAndRead(secret: string): Promise<void> {
    await this.are(secret, true)
  }

  /** The keys list and read archives; fourteen other things are refused. @throws RunbookFailed with what differs */
  async onlyRead(secret: string): Promise<void> {
    await this.are(secret, false)
  }

  private async are(secret: string, mayAdd: boolean): Promise<void> {
    const { s3 } = this.scenario.lane.store
    await s3.makeBucket(otherBucket)
    const [{ versionId }] = await Promise.all([
      s3.putObject(bucket, keys.ours, 'ours'),
      s3.putObject(bucket, keys.velero, 'of Velero'),
      s3.putObject(otherBucket, keys.ours, 'of others'),
    ])
    const tried = await Promise.all(
      (await this.attempts(secret, mayAdd, versionId ?? '')).map(async ({ what, may, call }) => {
        return { what, may, answer: await answerOf(call) }
      }),
    )
    await this.forget()
    const wrong = tried.filter(({ may, answer }) => answer !== (may ? 'ok' : 'AccessDenied'))
    if (wrong.length === 0) return
    throw new RunbookFailed('RBK_PERMISSIONS', {
      attempted: `The keys in the secret ${secret} can do something else than the page says`,
      expected: `allowed:${list(tried, true)}\nrefused with AccessDenied:${list(tried, false)}`,
      got: wrong.map(({ what, answer }) => `${what}: ${answer}`).join('\n'),
      next: 'Compare the policy of the user with the published one, in fixtures/nats/s3/.',
    })
  }

  private async attempts(secret: string, mayAdd: boolean, versionId: string): Promise<Attempt[]> {
    const s3 = await new S3User(this.scenario, secret).client()
    const attempt = (may: boolean, what: string, call: Attempt['call']) => ({ what, may, call })
    return [
      attempt(true, 'list archives', () => listed(s3, bucket, prefix)),
      attempt(true, 'read an archive', () => read(s3, bucket, keys.ours)),
      attempt(mayAdd, 'add an archive', () => s3.putObject(bucket, keys.added, 'added')),
      attempt(false, 'list the whole bucket', () => listed(s3, bucket, '')),
      attempt(false, 'list what Velero keeps', () => listed(s3, bucket, 'velero/')),
      attempt(false, 'read what Velero keeps', () => read(s3, bucket, keys.velero)),
      attempt(false, 'write where Velero keeps', () => s3.putObject(bucket, keys.veleroAdded, 'added')),
      attempt(false, 'delete an archive', () => s3.removeObject(bucket, keys.ours)),
      attempt(false, 'delete a version', () => s3.removeObject(bucket, keys.ours, { versionId })),
      attempt(false, 'suspend versioning', () => s3.setBucketVersioning(bucket, { Status: 'Suspended' })),
      attempt(false, 'remove the lifecycle', () => s3.removeBucketLifecycle(bucket)),
      attempt(false, 'set a bucket policy', () => s3.setBucketPolicy(bucket, publicPolicy)),
      attempt(false, 'make a bucket', () => s3.makeBucket(`${otherBucket}-2`)),
      attempt(false, 'list another bucket', () => listed(s3, otherBucket, prefix)),
      attempt(false, 'read another bucket', () => read(s3, otherBucket, keys.ours)),
      attempt(false, 'write to another bucket', () => s3.putObject(otherBucket, keys.added, 'added')),
    ]
  }

  /** Removes what this has put there, with every version: the operator's listing shows archives only. */
  private async forget(): Promise<void> {
    const { store } = this.scenario.lane
    const { buckets } = await snapshot(store)
    const ours: readonly string[] = Object.values(keys)
    const remove = (of: string, which: (key: string) => boolean) =>
      store.s3.removeObjects(
        of,
        (buckets[of]?.versions ?? [])
          .filter(({ key }) => which(key))
          .map(({ key, versionId }) => ({ name: key, versionId })),
      )
    await Promise.all([remove(bucket, (key) => ours.includes(key)), remove(otherBucket, () => true)])
    await store.s3.removeBucket(otherBucket)
  }
}

const keys = {
  ours: `${prefix}try-read`,
  added: `${prefix}try-added`,
  velero: 'velero/kopia/try',
  veleroAdded: 'velero/kopia/try-added',
} as const

const publicPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
  ],
})

function list(tried: ReadonlyArray<{ what: string; may: boolean }>, allowed: boolean): string {
  return tried
    .filter(({ may }) => may === allowed)
    .map(({ what }) => ` ${what}`)
    .join(',')
}
