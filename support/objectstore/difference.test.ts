import { expect, test } from 'vitest'
import { difference } from './difference'
import { type BucketState, emptyStore, type StoreState } from './state'

const bucket: BucketState = {
  versioning: 'Enabled',
  lifecycle: { Rule: { ID: 'nats-30-days' } },
  policy: null,
  versions: [
    { key: 'nats/a', versionId: 'v1', isLatest: false, content: { etag: 'e1', bytes: 10 } },
    { key: 'nats/a', versionId: 'v2', isLatest: true, content: null },
  ],
  uploads: [{ key: 'nats/b', uploadId: 'u1' }],
}
const user = { policies: { backup: { Version: '2012-10-17' } }, accessKeys: { AKIA1: 'Active' } }
const state: StoreState = { buckets: { backups: bucket }, users: { 'nats-backup': user } }

test('nothing differs between equal states', () => {
  expect(difference(state, structuredClone(state))).toEqual([])
})

test('everything in a new bucket and about a new user is told', () => {
  expect(difference(emptyStore, state)).toEqual([
    'bucket backups is new',
    'bucket backups: versioning Off -> Enabled',
    'bucket backups: lifecycle null -> {"Rule":{"ID":"nats-30-days"}}',
    'bucket backups: delete marker on nats/a (version v2) is new',
    'bucket backups: object nats/a (version v1, 10 bytes) is new',
    'bucket backups: unfinished upload of nats/b (u1) is new',
    'IAM user nats-backup is new',
    'IAM user nats-backup: policy backup is new',
    'IAM user nats-backup: access key AKIA1 is new',
  ])
})

test('what is gone is told', () => {
  expect(difference(state, emptyStore)).toEqual(['bucket backups is gone', 'IAM user nats-backup is gone'])
  const without = { buckets: { backups: { ...bucket, versions: [], uploads: [] } }, users: state.users }
  expect(difference(state, without)).toEqual([
    'bucket backups: delete marker on nats/a (version v2) is gone',
    'bucket backups: object nats/a (version v1, 10 bytes) is gone',
    'bucket backups: unfinished upload of nats/b (u1) is gone',
  ])
})

test.each<[string, Partial<BucketState>]>([
  ['versioning Enabled -> Suspended', { versioning: 'Suspended' }],
  ['lifecycle {"Rule":{"ID":"nats-30-days"}} -> null', { lifecycle: null }],
  ['bucket policy null -> {"Version":"2012-10-17"}', { policy: { Version: '2012-10-17' } }],
  [
    'object nats/a (version v1, 10 bytes): content e1 -> e9',
    {
      versions: bucket.versions.map((version) =>
        version.content ? { ...version, content: { etag: 'e9', bytes: 10 } } : version,
      ),
    },
  ],
  [
    'object nats/a (version v1, 10 bytes): is now the latest',
    { versions: bucket.versions.map((version) => ({ ...version, isLatest: true })) },
  ],
])('a changed bucket: %s', (line, change) => {
  const now = { ...state, buckets: { backups: { ...bucket, ...change } } }
  expect(difference(state, now)).toEqual([`bucket backups: ${line}`])
})

test('a changed user', () => {
  const now = {
    ...state,
    users: {
      'nats-backup': { policies: { backup: {} }, accessKeys: { AKIA1: 'Inactive', AKIA2: 'Active' } },
    },
  }
  expect(difference(state, now)).toEqual([
    'IAM user nats-backup: policy backup: document {"Version":"2012-10-17"} -> {}',
    'IAM user nats-backup: access key AKIA1: status Active -> Inactive',
    'IAM user nats-backup: access key AKIA2 is new',
  ])
})
