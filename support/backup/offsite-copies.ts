import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunbookFailed } from '../errors'
import { apply } from '../kubernetes/apply'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import { downloadObject, newestUnder } from '../objectstore/archive'
import { snapshot } from '../objectstore/snapshot'
import type { Scenario } from '../scenario'

const bucket = 'kgents-dr-backups'
const prefix = 'nats/'
const user = 'nats-backup'

/** The second copy of the archives, in S3, and who may reach it. */
export class OffsiteCopies {
  constructor(private readonly scenario: Scenario) {}

  /** Bucket, user and secret are there, made by the harness: for procedures that begin after the set-up. */
  async enable(): Promise<void> {
    const { store, kubernetes, mask } = this.scenario.lane
    await store.s3.makeBucket(bucket)
    await store.s3.setBucketVersioning(bucket, { Status: 'Enabled' })
    await store.iam('CreateUser', { UserName: user })
    const policy = readFileSync(join(checkout, 'fixtures', 'nats', 's3', 'backup-policy.json'), 'utf8')
    await store.iam('PutUserPolicy', { UserName: user, PolicyName: 'nats-archives', PolicyDocument: policy })
    const { AccessKey } = (await store.iam('CreateAccessKey', { UserName: user })) as {
      AccessKey: { AccessKeyId: string; SecretAccessKey: string }
    }
    mask.learn('key of the backup user', AccessKey.SecretAccessKey)
    await apply(kubernetes, [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'nats-backup-s3', namespace },
        stringData: {
          AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId,
          AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey,
        },
      },
    ])
  }

  /** @throws RunbookFailed when the bucket isn't versioned, or its lifecycle isn't the published one */
  async bucketKeeps(name: string, days: number): Promise<void> {
    const state = (await snapshot(this.scenario.lane.store)).buckets[name]
    const rules = JSON.stringify(state?.lifecycle ?? null)
    const wanted = [`"Days":${days}`, `"NoncurrentDays":${days}`, '"Prefix":"nats/"']
    const lacking = wanted.filter((part) => !rules.replaceAll(' ', '').includes(part))
    if (state?.versioning === 'Enabled' && lacking.length === 0) return
    throw new RunbookFailed('RBK_BUCKET', {
      attempted: `The bucket ${name} is not set up as the page says`,
      expected: `versioning Enabled; lifecycle with ${wanted.join(', ')}`,
      got: state ? `versioning ${state.versioning}; lifecycle ${rules}` : 'no such bucket',
      repeat: `aws s3api get-bucket-versioning --bucket ${name}; aws s3api get-bucket-lifecycle-configuration --bucket ${name}`,
    })
  }

  /**
   * What the keys in the secret can and can't do, tried with them.
   *
   * @throws RunbookFailed with what they can do and mustn't, or can't and must
   */
  async userReachesOnlyArchives(): Promise<void> {
    const { store } = this.scenario.lane
    const other = 'kgents-other-team'
    await store.s3.makeBucket(other)
    const own = { read: `${prefix}try-read`, written: `${prefix}try-write`, others: 'velero/try' }
    await store.s3.putObject(bucket, own.read, 'ours')
    await store.s3.putObject(bucket, own.others, 'not ours')
    const keys = `eval "$(kubectl get secret nats-backup-s3 -n ${namespace} -o json | jq -r '.data | to_entries[] | "export \\(.key)=\\(.value | @base64d)"')"`
    const tries: ReadonlyArray<readonly [string, boolean]> = [
      [`aws s3api put-object --bucket ${bucket} --key ${own.written} --body /etc/hostname`, true],
      [`aws s3api get-object --bucket ${bucket} --key ${own.read} /tmp/try`, true],
      [`aws s3api list-objects-v2 --bucket ${bucket} --prefix ${prefix}`, true],
      [`aws s3api list-objects-v2 --bucket ${bucket} --prefix velero/`, false],
      [`aws s3api get-object --bucket ${bucket} --key ${own.others} /tmp/try`, false],
      [`aws s3api put-object --bucket ${bucket} --key ${own.others} --body /etc/hostname`, false],
      [`aws s3api delete-object --bucket ${bucket} --key ${own.read}`, false],
      [
        `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Suspended`,
        false,
      ],
      [`aws s3api delete-bucket-lifecycle --bucket ${bucket}`, false],
      [`aws s3api list-objects-v2 --bucket ${other}`, false],
    ]
    // All at once, and each says how it ended: ten starts of the AWS CLI one after another would take ten seconds.
    const script = tries
      .map(([command], index) => `{ ${command} >/dev/null 2>&1; echo "${index} $?"; } &`)
      .join('\n')
    const { output } = await this.scenario.probe(`${keys}\n${script}\nwait`)
    await this.forget(Object.values(own))
    const ended = new Map(
      output
        .trim()
        .split('\n')
        .map((line) => line.split(' ') as [string, string]),
    )
    const wrong = tries.filter(([, may], index) => (ended.get(String(index)) === '0') !== may)
    if (wrong.length === 0) return
    throw new RunbookFailed('RBK_PERMISSIONS', {
      attempted: 'The backup user’s permissions are not what the page says',
      got: wrong.map(([command, may]) => `${may ? 'refused' : 'allowed'}: ${command}`).join('\n'),
      next: 'Compare with fixtures/nats/s3/backup-policy.json.',
    })
  }

  /** Removes objects of the harness's own, with every version: the operator's listing shows archives only. */
  private async forget(keys: readonly string[]): Promise<void> {
    const { store } = this.scenario.lane
    const versions = (await snapshot(store)).buckets[bucket]?.versions ?? []
    const ours = versions.filter(({ key }) => keys.includes(key))
    await store.s3.removeObjects(
      bucket,
      ours.map(({ key, versionId }) => ({ name: key, versionId })),
    )
  }

  /** @throws RunbookFailed when an archive of the volume is missing in the bucket, or has other bytes there */
  async holdsEveryArchive(): Promise<void> {
    const { store, volume } = this.scenario.lane
    const archives = await volume.archives()
    const copies = await Promise.all(
      archives.map(async ({ name, sha256 }) => {
        const copy = await downloadObject(store, { bucket, key: `${prefix}${name}` }, '/dev/null').catch(
          () => undefined,
        )
        return { name, is: copy?.sha256 ?? 'not there', was: sha256 }
      }),
    )
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

  /** @throws RunbookFailed when the copies in the bucket are not as many */
  async archivesAre(count: number): Promise<void> {
    const copies = await newestUnder(this.scenario.lane.store, bucket, prefix)
    if (copies.length === count) return
    throw new RunbookFailed('RBK_OFFSITE', {
      attempted: 'The bucket does not hold as many archives as the runbook says',
      expected: `${count}`,
      got: copies.map(({ key, bytes }) => `${key} (${bytes} bytes)`).join('\n') || 'none',
    })
  }
}
