import { type IamResult, members, textOf } from './iam'
import type { BucketState, StoredVersion, StoreState, UnfinishedUpload, UserState } from './state'
import type { ObjectStore } from './store'

/**
 * Everything in the store, as it is now. An empty store costs two requests at a time; a bucket five more.
 * Content isn't read: an object's ETag stands for it.
 *
 * @throws LabBroken when IAM, the error of MinIO's client when S3 can't be asked
 */
export async function snapshot(store: ObjectStore): Promise<StoreState> {
  const [buckets, listed] = await Promise.all([store.s3.listBuckets(), store.iam('ListUsers')])
  const users = members(listed.Users).map((user) => textOf(user, 'UserName'))
  const [bucketStates, userStates] = await Promise.all([
    byName(
      buckets.map(({ name }) => name),
      (name) => describeBucket(store, name),
    ),
    byName(users, (name) => describeUser(store, name)),
  ])
  return { buckets: bucketStates, users: userStates }
}

async function describeBucket({ s3 }: ObjectStore, bucket: string): Promise<BucketState> {
  const [versioning, lifecycle, policy, versions, uploads] = await Promise.all([
    s3.getBucketVersioning(bucket),
    unless('NoSuchLifecycleConfiguration', s3.getBucketLifecycle(bucket)),
    unless('NoSuchBucketPolicy', s3.getBucketPolicy(bucket)),
    toSorted<ListedVersion, StoredVersion>(
      s3.listObjects(bucket, '', true, { IncludeVersion: true }),
      versionOf,
    ),
    toSorted<UnfinishedUpload, UnfinishedUpload>(
      s3.listIncompleteUploads(bucket, '', true),
      ({ key, uploadId }) => ({
        key,
        uploadId,
      }),
    ),
  ])
  return {
    versioning: versionings.find((known) => known === versioning.Status) ?? 'Off',
    lifecycle,
    policy: policy === null ? null : JSON.parse(policy),
    versions,
    uploads,
  }
}

const versionings = ['Enabled', 'Suspended'] as const

/** What MinIO's client lists for a version: more than its types say. */
interface ListedVersion {
  readonly name: string
  readonly versionId: string
  readonly isLatest: boolean | string
  readonly isDeleteMarker: boolean
  readonly etag: string
  readonly size: number
}

function versionOf(listed: ListedVersion): StoredVersion {
  return {
    key: listed.name,
    versionId: listed.versionId,
    isLatest: String(listed.isLatest) === 'true',
    content: listed.isDeleteMarker ? null : { etag: listed.etag, bytes: listed.size },
  }
}

async function describeUser({ iam }: ObjectStore, UserName: string): Promise<UserState> {
  const [keys, policies] = await Promise.all([
    iam('ListAccessKeys', { UserName }),
    iam('ListUserPolicies', { UserName }),
  ])
  const names = members(policies.PolicyNames).map(String)
  return {
    accessKeys: Object.fromEntries(
      members(keys.AccessKeyMetadata).map((key) => [textOf(key, 'AccessKeyId'), textOf(key, 'Status')]),
    ),
    policies: await byName(names, async (PolicyName) =>
      documentOf(await iam('GetUserPolicy', { UserName, PolicyName })),
    ),
  }
}

function documentOf(answer: IamResult): unknown {
  return JSON.parse(decodeURIComponent(textOf(answer, 'PolicyDocument')))
}

async function byName<T>(
  names: readonly string[],
  describe: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  return Object.fromEntries(
    await Promise.all(names.toSorted().map(async (name) => [name, await describe(name)] as const)),
  )
}

async function toSorted<Listed, T extends { readonly key: string }>(
  stream: AsyncIterable<unknown>,
  read: (listed: Listed) => T,
): Promise<T[]> {
  const found: T[] = []
  for await (const listed of stream) found.push(read(listed as Listed))
  return found.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
}

async function unless<T>(code: string, answer: Promise<T>): Promise<T | null> {
  return answer.catch((thrown: { code?: unknown }) => {
    if (thrown.code === code) return null
    throw thrown
  })
}
