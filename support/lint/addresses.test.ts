import { describe, expect, it } from 'vitest'
import { addressFindings } from './addresses'
import { goodPage } from './testing/good-page'
import { pageOf } from './testing/linted'

const told = (...pages: Parameters<typeof addressFindings>[0]) =>
  addressFindings(pages).map(({ at, what }) => `${at} ${what}`)

describe('addressFindings', () => {
  it('finds rules that share a number', () => {
    const rule = (name: string) => `  Rule: ${name}\n    Scenario: in ${name}\n      Given a\n`
    const text = `Feature: x\n${rule('1 Check')}${rule('Note')}${rule('2 Fix')}${rule('2. Prove')}${rule('12 Undo')}`
    expect(told(pageOf(text))).toEqual(['features/good.feature:11 "2. Prove" has the number of "2 Fix"'])
  })

  it('finds runbooks that share an address, by tag, by file name or by a former one', () => {
    const plain = 'Feature: x\n  Scenario: s\n    Given a\n'
    expect(
      told(
        pageOf(goodPage({ address: 'same' }), 'features/a.feature'),
        pageOf(goodPage({ address: 'same' }), 'features/b.feature'),
        pageOf(plain, 'features/nats/same.feature'),
        pageOf(goodPage({ address: 'd', tags: '@formerly:same' }), 'features/d.feature'),
        pageOf(plain, 'features/velero/other.feature'),
      ),
    ).toEqual([
      'features/b.feature:2 this runbook has the address of features/a.feature: same',
      'features/nats/same.feature:1 this runbook has the address of features/a.feature: same',
      'features/d.feature:2 this runbook has the address of features/a.feature: same',
    ])
  })
})
