import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { lifecycleFlaws } from './lifecycle'

const file = join(checkout, 'fixtures', 'nats', 's3', 'lifecycle.json')
const { Rules: published } = JSON.parse(readFileSync(file, 'utf8')) as { Rules: object[] }
const [archives = {}, markers = {}] = published

const velero = {
  ID: 'velero',
  Status: 'Enabled',
  Filter: { Prefix: 'velero/' },
  Expiration: { Days: 30 },
  NoncurrentVersionExpiration: { NoncurrentDays: 30 },
}

it.each([
  ['as published', published],
  ['as another client tells it', { Rule: published }],
  ['with rules of others beside it', [...published, velero]],
])('a lifecycle is right %s', (_, told) => {
  expect(lifecycleFlaws(told, 'nats/', 30)).toEqual([])
})

it.each([
  ['there is none', null, 'archives expire after no days'],
  ['a rule is switched off', [{ ...archives, Status: 'Disabled' }, markers], 'archives expire after no days'],
  [
    'the number only begins like it',
    [{ ...archives, Expiration: { Days: 300 } }, markers],
    'archives expire after 300 days',
  ],
  ['others expire in their place', [velero, markers], 'earlier versions expire after no days'],
  ['delete markers stay', [archives], 'delete markers that hide nothing stay'],
  [
    'everything in the bucket expires',
    [...published, { ...archives, ID: 'all', Filter: { Prefix: '' } }],
    'rule all is not of nats/ alone',
  ],
])('a lifecycle is wrong when %s', (_, told, flaw) => {
  expect(lifecycleFlaws(told, 'nats/', 30)).toContain(flaw)
})

it('reaches nothing but nats/', () => {
  expect(published).toEqual(published.map(() => expect.objectContaining({ Filter: { Prefix: 'nats/' } })))
})
