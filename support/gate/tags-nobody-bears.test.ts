import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagsNobodyBears } from './tags-nobody-bears'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbook-tags-'))
  mkdirSync(join(folder, 'features/x'), { recursive: true })
  writeFileSync(
    join(folder, 'features/x/y.feature'),
    '@runbook:quick-start @persona:operator\nFeature: x\n  @covers:R01\n  Scenario: a\n    Given a\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('tags that no scenario bears', () => {
  const found = (expression: string, envelopes: readonly Envelope[] = []) =>
    tagsNobodyBears(expression, folder, envelopes).map(({ what, mend }) => `${what}: ${mend}`)

  it('are found in every part of an expression, with what may have been meant', () => {
    expect(found('@runbook:quick-start or (@runbook:quick-strat and not @covers:D77)')).toEqual([
      'no scenario bears @runbook:quick-strat: did you mean @runbook:quick-start?',
      'no scenario bears @covers:D77: did you mean @covers:R01?',
    ])
    expect(found('not @alert:NATSBackupMissing')).toEqual([
      'no scenario bears @alert:NATSBackupMissing: there are: none',
    ])
  })

  it('are not those of a feature that the run doesn’t read, or that lies elsewhere', () => {
    const read = [{ pickle: { tags: [{ name: '@runbook:other' }] } }] as unknown as Envelope[]
    expect(found('@runbook:quick-start or @runbook:other and not @persona:operator', read)).toEqual([])
  })

  it('are not those of the closed list, which can’t be misspelt', () => {
    expect(found('not @slow and (@degraded or @covers:R01)')).toEqual([])
  })
})
