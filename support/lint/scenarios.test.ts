import { generateMessages } from '@cucumber/gherkin'
import { IdGenerator, SourceMediaType } from '@cucumber/messages'
import { describe, expect, it } from 'vitest'
import { review } from './scenarios'

const block = '"""'

function read(text: string, file = 'features/x.feature') {
  return generateMessages(text, file, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
    newId: IdGenerator.incrementing(),
    includeGherkinDocument: true,
  })
}

describe('review', () => {
  it('finds nothing in a good runbook', () => {
    const text = `@runbook:good @persona:operator @mutates @reversible
Feature: good
  Background:
    Given a cluster
  Rule: 1 Check
    Scenario: one
      When the operator runs:
        ${block}bash
        echo "<not a placeholder>"
        ${block}
  Rule: 2 Fix
    @degraded
    Scenario Outline: two <n>
      Then <n>
      Examples:
        | n |
        | 1 |
`
    expect(review(read(text))).toEqual([])
  })

  it("says where a file doesn't parse, once a file", () => {
    expect(review(read('Feature: x\n  Scenario: a\n    Given x\n    Whan y\n    Foo\n'))).toEqual([
      {
        at: 'features/x.feature:4',
        what: "this doesn't parse as Gherkin: Whan y",
        mend: expect.stringContaining('StepLine'),
      },
    ])
  })

  it('finds unknown tags wherever a tag can stand', () => {
    const text =
      '@one\nFeature: x\n  @two\n  Rule: r\n    @three\n    Scenario Outline: s\n      Given <a>\n      @four\n      Examples:\n        | a |\n        | 1 |\n'
    expect(review(read(text)).map(({ at, what }) => `${at} ${what}`)).toEqual([
      'features/x.feature:1 unknown tag @one',
      'features/x.feature:3 unknown tag @two',
      'features/x.feature:5 unknown tag @three',
      'features/x.feature:8 unknown tag @four',
    ])
  })

  it('finds tags that contradict each other', () => {
    const found = review(read('@mutates @read-only\nFeature: x\n  Scenario: s\n    Given a\n'))
    expect(found.map(({ what }) => what)).toEqual(['@mutates and @read-only contradict each other'])
  })

  it('finds a command block in an outline, but not another doc string', () => {
    const outline = (type: string) =>
      `Feature: x\n  Scenario Outline: s\n    When the operator runs:\n      ${block}${type}\n      ls <dir>\n      ${block}\n    Examples:\n      | dir |\n      | /   |\n`
    expect(review(read(outline('bash'))).map(({ at }) => at)).toEqual(['features/x.feature:4'])
    expect(review(read(outline('json')))).toEqual([])
  })

  it('finds scenarios that share a title, also across rules', () => {
    const text =
      'Feature: x\n  Rule: a\n    Scenario: Start it\n      Given a\n  Rule: b\n    Scenario: start it\n      Given a\n'
    expect(review(read(text))).toEqual([
      {
        at: 'features/x.feature:6',
        what: '"start it" is the title of line 3 already',
        mend: 'give it its own',
      },
    ])
  })

  it('finds rules that share a number', () => {
    const rule = (name: string) => `  Rule: ${name}\n    Scenario: in ${name}\n      Given a\n`
    const found = review(
      read(
        `Feature: x\n${rule('1 Check')}${rule('Note')}${rule('2 Fix')}${rule('2. Prove')}${rule('12 Undo')}`,
      ),
    )
    expect(found.map(({ at, what }) => `${at} ${what}`)).toEqual([
      'features/x.feature:11 "2. Prove" has the number of "2 Fix"',
    ])
  })

  it('finds runbooks that share an address, by tag or by file name', () => {
    const text = (tag: string) => `${tag}\nFeature: x\n  Scenario: s\n    Given a\n`
    const found = review([
      ...read(text('@runbook:same'), 'features/a.feature'),
      ...read(text('@runbook:same'), 'features/b.feature'),
      ...read(text(''), 'features/nats/same.feature'),
      ...read(text(''), 'features/velero/other.feature'),
    ])
    expect(found.map(({ at, what }) => `${at} ${what}`)).toEqual([
      'features/b.feature:2 this runbook has the address of features/a.feature: same',
      'features/nats/same.feature:2 this runbook has the address of features/a.feature: same',
    ])
  })

  it('finds what could only be green by accident', () => {
    const what = (text: string) => review(read(text)).map((finding) => finding.what)
    expect(what('Feature: x\n')).toEqual(['no scenario in this file'])
    expect(what('')).toEqual(['no scenario in this file'])
    expect(what('Feature: x\n  Scenario: s\n')).toEqual(['"s" has no steps, so it would prove nothing'])
    expect(what('Feature: x\n  Scenario:\n    Given a\n')).toEqual(['a scenario without a title'])
    expect(what('Feature: x\n  Scenario Outline: s\n    Given <a>\n    Examples:\n      | a |\n')).toEqual([
      'Examples without a row: nothing would run',
    ])
  })
})
