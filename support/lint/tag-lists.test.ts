import { describe, expect, it } from 'vitest'
import { tagFindings } from './tag-lists'
import { goodPage } from './testing/good-page'
import { pageOf, told } from './testing/linted'

const found = (text: string) => told(tagFindings(pageOf(text)))

describe('tagFindings', () => {
  it('finds unknown tags wherever a tag can stand', () => {
    const text =
      '@one\nFeature: x\n  @two\n  Rule: r\n    @three\n    Scenario Outline: s\n      Given <a>\n      @four\n      Examples:\n        | a |\n        | 1 |\n'
    expect(found(text)).toEqual([
      '1 unknown tag @one',
      '3 unknown tag @two',
      '5 unknown tag @three',
      '8 unknown tag @four',
    ])
  })

  it('finds tags that contradict each other, in one list', () => {
    expect(found(goodPage({ tags: '@mutates' }))).toEqual(['1 @mutates and @read-only contradict each other'])
    expect(found(goodPage({ check: '@mutates\nScenario: one\n  Given a' }))).toEqual([])
  })
})
