/** One version of an object, or a delete marker. */
export interface StoredVersion {
  readonly key: string
  /** "null" for what was written while the bucket had no versioning. */
  readonly versionId: string
  readonly isLatest: boolean
  /** What was stored; null for a delete marker. */
  readonly content: { readonly etag: string; readonly bytes: number } | null
}

/** A multipart upload that was neither completed nor aborted: it costs money and is in no listing of objects. */
export interface UnfinishedUpload {
  readonly key: string
  readonly uploadId: string
}

export interface BucketState {
  readonly versioning: 'Off' | 'Enabled' | 'Suspended'
  /** As the store tells it; null for none. */
  readonly lifecycle: unknown
  readonly policy: unknown
  readonly versions: readonly StoredVersion[]
  readonly uploads: readonly UnfinishedUpload[]
}

/** An IAM user: inline policies by name, access keys by id. */
export interface UserState {
  readonly policies: Readonly<Record<string, unknown>>
  readonly accessKeys: Readonly<Record<string, string>>
}

/** All that a scenario can leave in the object store, as a value that can be compared and kept as JSON. */
export interface StoreState {
  readonly buckets: Readonly<Record<string, BucketState>>
  readonly users: Readonly<Record<string, UserState>>
}

/** The store of a fresh lane: no bucket, no user. */
export const emptyStore: StoreState = { buckets: {}, users: {} }
