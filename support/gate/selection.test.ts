import { join } from 'node:path'
import { generateMessages } from '@cucumber/gherkin'
import { IdGenerator, SourceMediaType } from '@cucumber/messages'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { missingLines, missingPaths, nothingSelected, wrongShard, wrongTags } from './selection'

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

describe('wrongShard', () => {
  it('lets through what cucumber shares out', () => {
    expect(['', '1/1', '1/3', '3/3', '02/3', '10/10'].flatMap(wrongShard)).toEqual([])
  })

  it.each(['0/1', '0/3', '4/3', '2/1', '10/9', '1/0', '0/0'])(
    'finds %s, in which no scenario is',
    (shard) => {
      expect(wrongShard(shard)).toEqual([
        { at: '--shard', what: `there is no shard ${shard}`, mend: expect.stringContaining('count from 1') },
      ])
    },
  )
})

describe('missingPaths', () => {
  it('finds paths that match nothing, and folders in which no feature is', () => {
    const asked = [
      'support',
      './support/gate/',
      'support/ga*:3:9',
      `${checkout}/support/gate`,
      'support/gate/plugin.ts:3',
      'support/gat',
      'support/lint',
      'features/nosuch.feature',
      'nosuch/*.feature:1',
    ]
    const found = [join(checkout, 'support/gate/plugin.ts')]
    expect(missingPaths(asked, checkout, found).map(({ at, what }) => `${at}: ${what}`)).toEqual([
      'support/gat: no such feature',
      'support/lint: no feature in it',
      'features/nosuch.feature: no such feature',
      'nosuch/*.feature:1: no such feature',
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
