import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../errors'
import type { LaneAddress } from '../lab/address'
import { checkout } from '../lab/home'
import { signed } from '../objectstore/signed'
import type { ObjectStore } from '../objectstore/store'
import type { Fault } from './fault'

/** What S3 says to the keys that backups use: the code of its error, or "ok". */
export type Answer = () => Promise<string>

/** Somebody removed the policy of the backup user: its key is known and may do nothing. */
export function s3PolicyGone({ iam }: ObjectStore, list: Answer): Fault {
  const policy = { UserName: 'nats-backup', PolicyName: 'nats-archives' }
  const file = join(checkout, 'fixtures', 'nats', 's3', 'backup-policy.json')
  return {
    name: 'The backup user has no policy',
    inject: async () => void (await iam('DeleteUserPolicy', policy)),
    heal: async () =>
      void (await iam('PutUserPolicy', { ...policy, PolicyDocument: readFileSync(file, 'utf8') })),
    proveInForce: () => says(list, 'AccessDenied'),
    proveHealed: () => says(list, 'ok'),
  }
}

/** The bucket was deleted, with everything in it. Who sets it up anew is the operator. */
export function s3BucketGone({ s3 }: ObjectStore, bucket: string, list: Answer): Fault {
  return {
    name: `The bucket ${bucket} is gone`,
    inject: () => s3.removeBucket(bucket),
    async heal() {
      if (!(await s3.bucketExists(bucket))) await s3.makeBucket(bucket)
    },
    proveInForce: () => says(list, 'NoSuchBucket'),
    proveHealed: () => says(list, 'ok'),
  }
}

/** The bucket takes objects of up to so many KiB in all: what a full store, or a quota, does to an upload. */
export function s3QuotaReached(s3: LaneAddress['s3'], bucket: string, kibibytes: number): Fault {
  const quota = (bytes: number) => {
    const path = `/minio/admin/v3/set-bucket-quota?bucket=${bucket}`
    return signed(s3, 'PUT', path, { body: JSON.stringify({ size: bytes, quota: bytes, quotatype: 'hard' }) })
  }
  const path = `/${bucket}/runbook-probe`
  /** Outside the prefix of the backups, and gone again at once. @returns the code of the refusal, or undefined */
  const refusal = async () => {
    try {
      const { headers } = await signed(s3, 'PUT', path, { body: 'x'.repeat(kibibytes * 1024) })
      await signed(s3, 'DELETE', `${path}?versionId=${headers.get('x-amz-version-id')}`)
      return undefined
    } catch (refused) {
      return /\w*QuotaExceeded/.exec(messageOf(refused))?.[0] ?? messageOf(refused)
    }
  }
  return {
    name: `The bucket takes ${kibibytes} KiB and no more`,
    inject: async () => void (await quota(kibibytes * 1024)),
    heal: async () => void (await quota(0)),
    async proveInForce() {
      const code = await refusal()
      if (code?.endsWith('QuotaExceeded')) return `an upload of ${kibibytes} KiB is refused: ${code}`
      throw new Error(`an upload of ${kibibytes} KiB was ${code ?? 'taken'}, expected QuotaExceeded`)
    },
    async proveHealed() {
      const code = await refusal()
      if (code === undefined) return `an upload of ${kibibytes} KiB is taken`
      throw new Error(`an upload of ${kibibytes} KiB is refused: ${code}`)
    },
  }
}

async function says(answer: Answer, expected: string): Promise<string> {
  const said = await answer()
  if (said === expected) return `listing the archives with the key of the backups: ${said}`
  throw new Error(`listing the archives with the key of the backups said ${said}, expected ${expected}`)
}
