import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore } from './store'

/** An object, or one version of it. */
export interface ObjectName {
  readonly bucket: string
  readonly key: string
  /** The latest version, when left out. */
  readonly versionId?: string
}

/** What was read of an object. */
export interface Reading {
  readonly bytes: number
  /** Of the content, in hexadecimal. */
  readonly sha256: string
}

/**
 * Reads an object into memory.
 *
 * @throws the error of MinIO's client, with `code` such as NoSuchKey
 */
export async function readObject(
  store: ObjectStore,
  object: ObjectName,
): Promise<Reading & { readonly content: Buffer }> {
  const measured = measure()
  const source = await open(store, object)
  const [content] = await Promise.all([buffer(measured.stream), pipeline(source, measured.stream)])
  return { content, ...measured.reading() }
}

/**
 * Reads an object into a file, which is made or overwritten. For archives: the content is never in memory as a whole.
 *
 * @throws the error of MinIO's client, with `code` such as NoSuchKey, or of the file system
 */
export async function downloadObject(store: ObjectStore, object: ObjectName, file: string): Promise<Reading> {
  const measured = measure()
  await pipeline(await open(store, object), measured.stream, createWriteStream(file))
  return measured.reading()
}

/** An object in a listing. */
export interface ListedObject {
  readonly key: string
  readonly bytes: number
  readonly etag: string
  readonly lastModified: Date
}

/**
 * Objects under a prefix, newest first; equally old ones by key, the last of the alphabet first.
 * Only what a listing shows: latest versions, without what a delete marker hides.
 */
export async function newestUnder(
  store: ObjectStore,
  bucket: string,
  prefix: string,
): Promise<ListedObject[]> {
  const found: ListedObject[] = []
  for await (const listed of store.s3.listObjectsV2(bucket, prefix, true)) {
    const { name, size, etag, lastModified } = listed
    found.push({ key: name, bytes: size, etag, lastModified })
  }
  return found.toSorted(
    (a, b) => b.lastModified.getTime() - a.lastModified.getTime() || (a.key < b.key ? 1 : -1),
  )
}

async function open(store: ObjectStore, { bucket, key, versionId }: ObjectName): Promise<Readable> {
  return store.s3.getObject(bucket, key, versionId === undefined ? {} : { versionId })
}

function measure(): { readonly stream: Transform; readonly reading: () => Reading } {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { stream, reading: () => ({ bytes, sha256: hash.digest('hex') }) }
}
