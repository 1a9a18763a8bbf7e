import { LabBroken } from '../errors'
import { difference } from './difference'
import { snapshot } from './snapshot'
import { type BucketState, emptyStore, type StoreState, type UserState } from './state'
import type { ObjectStore } from './store'

/**
 * Puts the store back to a baseline: whatever is there and wasn't, goes, with every version, delete marker and
 * unfinished upload. What a scenario removed or changed can't be brought back; a lane's baseline is therefore the
 * empty store, to which there always is a way.
 *
 * @returns what had to be put back, as `difference` tells it; nothing for a store that was already there
 * @throws LabBroken when the store still differs afterwards
 */
export async function restore(store: ObjectStore, baseline: StoreState = emptyStore): Promise<string[]> {
  const found = await snapshot(store)
  const differences = difference(baseline, found)
  if (differences.length === 0) return []
  await Promise.all([
    ...extras(baseline.buckets, found.buckets).map(([name, bucket]) =>
      cleanBucket(store, name, bucket, baseline.buckets[name]),
    ),
    ...extras(baseline.users, found.users).map(([name, user]) =>
      cleanUser(store, name, user, baseline.users[name]),
    ),
  ])
  const left = difference(baseline, await snapshot(store))
  if (left.length === 0) return differences
  throw new LabBroken('RBK_STORE_NOT_RESTORED', {
    attempted: 'The object store could not be put back to its baseline',
    got: left.join('\n'),
    next: 'Make the lane anew.',
    repeat: 'npx runbook down && npx runbook up',
  })
}

function extras<T>(baseline: Readonly<Record<string, T>>, found: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(found).filter(
    ([name, state]) => JSON.stringify(baseline[name]) !== JSON.stringify(state),
  )
}

async function cleanBucket(
  { s3 }: ObjectStore,
  name: string,
  found: BucketState,
  baseline: BucketState | undefined,
): Promise<void> {
  const kept = new Set(baseline?.versions.map(({ key, versionId }) => JSON.stringify([key, versionId])))
  const versions = found.versions.filter(({ key, versionId }) => !kept.has(JSON.stringify([key, versionId])))
  const uploads = found.uploads.filter(
    ({ uploadId }) => !baseline?.uploads.some((was) => was.uploadId === uploadId),
  )
  await Promise.all([
    versions.length > 0 &&
      s3.removeObjects(
        name,
        versions.map(({ key, versionId }) => ({ name: key, versionId })),
      ),
    ...uploads.map(({ key, uploadId }) => s3.abortMultipartUpload(name, key, uploadId)),
  ])
  if (!baseline) await s3.removeBucket(name)
}

async function cleanUser(
  { iam }: ObjectStore,
  UserName: string,
  found: UserState,
  baseline: UserState | undefined,
): Promise<void> {
  const added = (was: object | undefined, is: object) =>
    Object.keys(is).filter((name) => !(name in (was ?? {})))
  await Promise.all(
    added(baseline?.accessKeys, found.accessKeys).map((AccessKeyId) =>
      iam('DeleteAccessKey', { UserName, AccessKeyId }),
    ),
  )
  for (const PolicyName of added(baseline?.policies, found.policies)) {
    await iam('DeleteUserPolicy', { UserName, PolicyName })
  }
  if (!baseline) await iam('DeleteUser', { UserName })
}
