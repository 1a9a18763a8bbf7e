import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { retryFilter } from './retry-filter'

describe('retryFilter', () => {
  const root = mkdtempSync(join(tmpdir(), 'runbook-retry-'))
  afterAll(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'features', 'x'), { recursive: true })
  const write = (text: string) => writeFileSync(join(root, 'features', 'x', 'y.feature'), text)

  it('leaves known defects out of what is tried again', () => {
    write(
      'Feature: y\n  @slow @known-defect:S1 @known-defect:S2\n  Scenario: a\n    Given "@known-defect:S9"\n',
    )
    expect(retryFilter(['--retry', '1'], root)).toEqual([
      '--retry-tag-filter',
      'not (@known-defect:S1 or @known-defect:S2)',
    ])
    expect(retryFilter(['--retry=1'], root)).toHaveLength(2)
  })

  it('adds nothing where nothing is tried again, a filter was given, or there is no known defect', () => {
    expect(retryFilter([], root)).toEqual([])
    expect(retryFilter(['--retry', '0'], root)).toEqual([])
    expect(retryFilter(['--retry', '1', '--retry-tag-filter', '@slow'], root)).toEqual([])
    write('Feature: y\n  Scenario: a\n    Given b\n')
    expect(retryFilter(['--retry', '1'], root)).toEqual([])
  })
})
