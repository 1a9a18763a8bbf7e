import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { adapterCalls } from './adapter-calls'
import { harnessClient } from './iam'
import { type LocalStore, startLocalStore } from './local-store'
import { restore } from './restore'
import { snapshot } from './snapshot'
import { emptyStore } from './state'
import { type ObjectStore, openStore } from './store'
import { makeUser } from './user'

const bucket = 'kgents-dr-backups'
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Write', Effect: 'Allow', Action: ['s3:PutObject'], Resource: [`arn:aws:s3:::${bucket}/nats/*`] },
  ],
}

let local: LocalStore
let store: ObjectStore
beforeAll(async () => {
  local = await startLocalStore()
  store = await openStore(local.address)
}, 300_000)
afterEach(async () => {
  await restore(store)
})
afterAll(async () => local?.[Symbol.asyncDispose]())

async function makeBucket(): Promise<void> {
  await store.s3.makeBucket(bucket)
  await store.s3.setBucketVersioning(bucket, { Status: 'Enabled' })
}

const backupUser = () => makeUser(store, 'nats-backup', 'backup', JSON.stringify(policy))

test('a store in which versions, markers, uploads, users and keys were left is empty again', async () => {
  await Promise.all([makeBucket(), backupUser(), store.s3.makeBucket('unversioned')])
  await store.s3.putObject(bucket, 'nats/a b+c&d.tar', 'first')
  await store.s3.putObject(bucket, 'nats/a b+c&d.tar', 'second')
  await store.s3.removeObject(bucket, 'nats/a b+c&d.tar')
  await store.s3.putObject('unversioned', 'x', 'x')
  await store.s3.initiateNewMultipartUpload(bucket, 'nats/large.tar', {})

  const left = await snapshot(store)
  expect(left.buckets[bucket]).toMatchObject({ versioning: 'Enabled', lifecycle: null, policy: null })
  expect(
    left.buckets[bucket]?.versions.map(({ key, content, isLatest }) => [key, content?.bytes, isLatest]),
  ).toEqual([
    ['nats/a b+c&d.tar', 6, false],
    ['nats/a b+c&d.tar', 5, false],
    ['nats/a b+c&d.tar', undefined, true],
  ])
  expect(left.buckets[bucket]?.uploads.map(({ key }) => key)).toEqual(['nats/large.tar'])
  expect(left.users['nats-backup']?.policies).toEqual({ backup: policy })
  expect(Object.values(left.users['nats-backup']?.accessKeys ?? {})).toEqual(['Active'])

  expect(await restore(store)).toContain('IAM user nats-backup is new')
  expect(await snapshot(store)).toEqual(emptyStore)
  await store.s3.makeBucket(bucket)
  expect((await snapshot(store)).buckets[bucket]?.uploads).toEqual([])
})

test('what belongs to the baseline stays, what was added to it goes', async () => {
  await Promise.all([makeBucket(), backupUser()])
  await store.s3.putObject(bucket, 'nats/kept', 'kept')
  const baseline = await snapshot(store)
  await store.s3.putObject(bucket, 'nats/added', 'added')
  await store.s3.putObject(bucket, 'nats/kept', 'over it')
  await store.s3.initiateNewMultipartUpload(bucket, 'nats/large.tar', {})
  await store.iam('CreateAccessKey', { UserName: 'nats-backup' })
  await store.iam('CreateUser', { UserName: 'velero' })
  expect(await restore(store, baseline)).toHaveLength(6)
  expect(await snapshot(store)).toEqual(baseline)
})

test('what cannot be put back is told', async () => {
  await makeBucket()
  await store.s3.putObject(bucket, 'nats/a', 'gone for good')
  const baseline = await snapshot(store)
  await store.s3.removeObject(bucket, 'nats/a', {
    versionId: baseline.buckets[bucket]?.versions[0]?.versionId ?? '',
  })
  await expect(restore(store, baseline)).rejects.toThrow(
    /put back to its baseline\n +got +bucket .*: object nats\/a .* is gone/,
  )
})

test('an untouched store costs under 50 ms', async () => {
  await restore(store)
  const costs: number[] = []
  for (let run = 0; run < 10; run++) {
    const started = performance.now()
    expect(await restore(store)).toEqual([])
    costs.push(performance.now() - started)
  }
  // The best of ten: what the machine does besides is not the store's cost.
  expect(Math.min(...costs)).toBeLessThan(50)
})

test('the list of calls leaves out the harness', async () => {
  const since = new Date()
  await backupUser()
  expect(await adapterCalls(local.address, since)).toEqual([])
  const answer = await fetch(new URL(`/calls?since=${since.toISOString()}`, local.address.iam))
  const all = (await answer.json()) as { action: string; client: string }[]
  expect(all.map(({ action, client }) => [action, client])).toEqual([
    ['CreateUser', harnessClient],
    ['PutUserPolicy', harnessClient],
    ['CreateAccessKey', harnessClient],
  ])
})

test('IAM refusing the harness is a broken lab', async () => {
  await expect(
    store.iam('PutUserPolicy', { UserName: 'nobody', PolicyName: 'x', PolicyDocument: '{}' }),
  ).rejects.toThrow(/IAM did not answer PutUserPolicy[\s\S]*NoSuchEntity/)
  const elsewhere = await openStore({ ...local.address, iam: 'http://127.0.0.1:1' })
  await expect(elsewhere.iam('ListUsers')).rejects.toThrow('no answer from http://127.0.0.1:1')
})
