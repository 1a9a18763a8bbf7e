import { generateMessages } from '@cucumber/gherkin'
import { IdGenerator, SourceMediaType } from '@cucumber/messages'
import { describe, expect, it } from 'vitest'
import { chapterFlaws } from '../docs/chapters'
import { isExhibit } from './exhibit'
import { reportOf } from './report'
import { runbooksOf } from './report-parts'
import { searchables } from './search/searchable'

const newId = IdGenerator.incrementing()

function documentOf(uri: string, text: string) {
  return generateMessages(text, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
    newId,
    includeGherkinDocument: true,
  })
}

const scenario = (title: string, tag = '') => `  ${tag}\n  Scenario: ${title}\n    Given a\n`

/** The folder of the first comes first by its name. */
const report = reportOf([
  ...documentOf(
    'features/as-found/bad.feature',
    `@runbook:bad\nFeature: bad\n${scenario('x', '@known-defect:S1')}${scenario('y', '@known-defect:S2')}`,
  ),
  ...documentOf(
    'features/nats/mixed.feature',
    `@runbook:mixed\nFeature: mixed\n${scenario('x', '@known-defect:S1')}${scenario('y')}`,
  ),
  ...documentOf('features/nats/empty.feature', '@runbook:empty\nFeature: empty\n'),
])

describe('a runbook that only shows what is wrong', () => {
  it('is one of which every procedure is a known defect', () => {
    expect(runbooksOf(report).map((runbook) => [runbook.address, isExhibit(runbook)])).toEqual([
      ['mixed', false],
      ['empty', false],
      ['bad', true],
    ])
  })

  it('is found by nobody who looks for a way out, and is in no chapter of the docs', () => {
    expect(searchables(report).map(({ address }) => address)).not.toContain('bad')
    expect(searchables(report).map(({ address }) => address)).toContain('mixed')
    expect(chapterFlaws(report, []).join()).not.toContain('bad')
  })
})
