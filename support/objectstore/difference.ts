import { isDeepStrictEqual } from 'node:util'
import type { BucketState, StoredVersion, StoreState, UserState } from './state'

/**
 * What differs between two states of the store, one line each, as a person would tell it.
 *
 * @returns no line when the states are the same
 */
export function difference(baseline: StoreState, now: StoreState): string[] {
  return [
    ...compare('bucket ', baseline.buckets, now.buckets, bucketChanges, newBucket),
    ...compare('IAM user ', baseline.users, now.users, userChanges, newUser),
  ]
}

const newBucket: BucketState = { versioning: 'Off', lifecycle: null, policy: null, versions: [], uploads: [] }
const newUser: UserState = { policies: {}, accessKeys: {} }

/**
 * Lines for what was added, removed and changed between two records.
 *
 * @param kind  goes before each name
 * @param fresh what a new thing is compared with, to tell what is in it; left out where the name tells all
 */
function compare<T>(
  kind: string,
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  changes: (before: T, after: T) => string[],
  fresh?: T,
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.flatMap((name) => {
    const [was = fresh, is] = [before[name], after[name]]
    const place = kind + name
    if (is === undefined) return [`${place} is gone`]
    return [
      ...(name in before ? [] : [`${place} is new`]),
      ...(was === undefined ? [] : changes(was, is).map((line) => `${place}: ${line}`)),
    ]
  })
}

function bucketChanges(before: BucketState, after: BucketState): string[] {
  return [
    ...settingChange('versioning', before.versioning, after.versioning),
    ...settingChange('lifecycle', before.lifecycle, after.lifecycle),
    ...settingChange('bucket policy', before.policy, after.policy),
    ...compare('', versionsByName(before), versionsByName(after), versionChanges),
    ...compare('unfinished upload of ', uploadsByName(before), uploadsByName(after), () => []),
  ]
}

function versionsByName({ versions }: BucketState): Record<string, StoredVersion> {
  return Object.fromEntries(
    versions.map((version) => {
      const { key, versionId, content } = version
      const id = `version ${versionId}`
      return [
        content ? `object ${key} (${id}, ${content.bytes} bytes)` : `delete marker on ${key} (${id})`,
        version,
      ]
    }),
  )
}

function uploadsByName({ uploads }: BucketState): Record<string, true> {
  return Object.fromEntries(uploads.map(({ key, uploadId }) => [`${key} (${uploadId})`, true]))
}

function versionChanges(before: StoredVersion, after: StoredVersion): string[] {
  return [
    ...settingChange('content', before.content?.etag, after.content?.etag),
    ...(before.isLatest === after.isLatest
      ? []
      : [after.isLatest ? 'is now the latest' : 'is no longer the latest']),
  ]
}

function userChanges(before: UserState, after: UserState): string[] {
  return [
    ...compare('policy ', before.policies, after.policies, (was, is) => settingChange('document', was, is)),
    ...compare('access key ', before.accessKeys, after.accessKeys, (was, is) =>
      settingChange('status', was, is),
    ),
  ]
}

function settingChange(name: string, before: unknown, after: unknown): string[] {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return isDeepStrictEqual(before, after) ? [] : [`${name} ${text(before)} -> ${text(after)}`]
}
