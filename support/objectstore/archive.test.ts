import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { downloadObject, newestUnder, readObject } from './archive'
import { type LocalStore, startLocalStore } from './local-store'
import { type ObjectStore, openStore } from './store'

const bucket = 'kgents-dr-backups'
const content = randomBytes(12 * 1024 * 1024)
const sha256 = createHash('sha256').update(content).digest('hex')

let local: LocalStore
let store: ObjectStore
beforeAll(async () => {
  local = await startLocalStore()
  store = await openStore(local.address)
  await store.s3.makeBucket(bucket)
  await store.s3.setBucketVersioning(bucket, { Status: 'Enabled' })
  await store.s3.putObject(bucket, 'nats/older.tar', content)
}, 300_000)
afterAll(async () => local?.[Symbol.asyncDispose]())

test('reads an archive into memory and into a file, with its checksum', async () => {
  const read = await readObject(store, { bucket, key: 'nats/older.tar' })
  expect([read.sha256, read.bytes, read.content.equals(content)]).toEqual([sha256, content.length, true])
  const folder = await mkdtemp(join(tmpdir(), 'archive-'))
  try {
    const file = join(folder, 'older.tar')
    expect(await downloadObject(store, { bucket, key: 'nats/older.tar' }, file)).toEqual({
      bytes: content.length,
      sha256,
    })
    expect((await readFile(file)).equals(content)).toBe(true)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('reads an older version by its id', async () => {
  const first = await store.s3.putObject(bucket, 'other/versioned', 'first')
  await store.s3.putObject(bucket, 'other/versioned', 'second')
  const versionId = first.versionId ?? ''
  expect((await readObject(store, { bucket, key: 'other/versioned', versionId })).content.toString()).toBe(
    'first',
  )
  expect((await readObject(store, { bucket, key: 'other/versioned' })).content.toString()).toBe('second')
})

test('lists the newest first, and nothing that is deleted or elsewhere', async () => {
  await store.s3.putObject(bucket, 'nats/newer.tar', 'x')
  await store.s3.putObject(bucket, 'nats/deleted.tar', 'x')
  await store.s3.removeObject(bucket, 'nats/deleted.tar')
  await store.s3.putObject(bucket, 'velero/y', 'y')
  const listed = await newestUnder(store, bucket, 'nats/')
  expect(listed.map(({ key, bytes }) => [key, bytes])).toEqual([
    ['nats/newer.tar', 1],
    ['nats/older.tar', content.length],
  ])
})

test('a missing object is an error with its code', async () => {
  await expect(readObject(store, { bucket, key: 'nats/none' })).rejects.toMatchObject({ code: 'NoSuchKey' })
})
