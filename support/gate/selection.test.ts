import { generateMessages } from '@cucumber/gherkin'
import { IdGenerator, SourceMediaType } from '@cucumber/messages'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { missingLines, missingPaths, nothingSelected, wrongTags } from './selection'

const envelopes = generateMessages(
  'Feature: x\n  @slow\n  Scenario: a\n    Given a\n  Scenario Outline: b\n    Given <n>\n    Examples:\n      | n |\n      | 1 |\n',
  'features/x.feature',
  SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN,
  { newId: IdGenerator.incrementing(), includeGherkinDocument: true, includePickles: true },
)

describe('wrongTags', () => {
  it('lets known tags through', () => {
    expect(wrongTags('')).toEqual([])
    expect(wrongTags('(@runbook:nats-backup-now or @degraded) and not @slow')).toEqual([])
  })

  it('finds tags that are not on the list, each once', () => {
    expect(wrongTags('not @wip and (@slwo or not @wip)').map(({ what }) => what)).toEqual([
      'unknown tag @wip',
      'unknown tag @slwo',
    ])
  })

  it("finds an expression that doesn't parse", () => {
    expect(wrongTags('@slow and')).toEqual([
      {
        at: '--tags',
        what: expect.stringContaining('syntax error: Expected operand'),
        mend: expect.any(String),
      },
    ])
  })
})

describe('missingPaths', () => {
  it('finds paths that match nothing', () => {
    const asked = [
      'support/gate',
      'support/gate/*.ts',
      'package.json:3:9',
      'features/nosuch.feature',
      'nosuch/*.feature:1',
    ]
    expect(missingPaths(asked, checkout).map(({ at }) => at)).toEqual([
      'features/nosuch.feature',
      'nosuch/*.feature:1',
    ])
  })
})

describe('missingLines', () => {
  const missing = (...asked: string[]) => missingLines(asked, '/clone', envelopes)

  it('knows the lines at which a scenario or an example begins', () => {
    expect(
      missing('features/x.feature:3', './features/x.feature:5:9', '/clone/features/x.feature:3', 'features'),
    ).toEqual([])
  })

  it('finds the others', () => {
    expect(missing('features/x.feature:3:4')).toEqual([
      {
        at: 'features/x.feature:4',
        what: 'no scenario begins at this line',
        mend: 'scenarios begin at 3, 5, 9',
      },
    ])
    expect(missing('/clone/features/x.feature:1')).toHaveLength(1)
  })
})

describe('nothingSelected', () => {
  it('tells what there was to select from', () => {
    const { message } = nothingSelected(envelopes)
    expect(message).toContain('none of the 2 scenarios in 1 file')
    expect(message).toContain('Tags in these files: @slow')
    expect(nothingSelected([]).message).toContain('none of the 0 scenarios in 0 files')
  })
})
