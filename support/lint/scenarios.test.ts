import { describe, expect, it } from 'vitest'
import { scenarioFindings } from './scenarios'
import { goodPage, withBlock } from './testing/good-page'
import { pageOf, told } from './testing/linted'

const block = '"""'
const found = (text: string) => told(scenarioFindings(pageOf(text)))

describe('scenarioFindings', () => {
  it('finds nothing in good scenarios', () => {
    const text = `Feature: good
  Background:
    Given a cluster
  Rule: 1 Check
    Scenario: one
      When the operator runs:
        ${block}bash
        echo "<not a placeholder>"
        ${block}
  Rule: 2 Fix
    Scenario Outline: two <n>
      Then <n>
      Examples:
        | n |
        | 1 |
`
    expect(found(text)).toEqual([])
    expect(found(goodPage({ check: withBlock('ls') }))).toEqual([])
  })

  it('finds a command block in an outline, but not another doc string, of a step that runs nothing', () => {
    const outline = (step: string, type: string) =>
      `Feature: x\n  Scenario Outline: s\n    ${step}:\n      ${block}${type}\n      ls <dir>\n      ${block}\n    Examples:\n      | dir |\n      | /   |\n`
    expect(found(outline('When the operator runs', 'bash'))).toEqual([
      '4 a command block in a Scenario Outline: <words> in it would be replaced, and a block runs byte for byte',
    ])
    expect(found(outline('Then the answer is', 'json'))).toEqual([])
  })

  it('finds scenarios that share a title, also across rules', () => {
    const text =
      'Feature: x\n  Rule: a\n    Scenario: Start it\n      Given a\n  Rule: b\n    Scenario: start it\n      Given a\n'
    expect(scenarioFindings(pageOf(text))).toMatchObject([
      {
        at: 'features/good.feature:6',
        what: '"start it" is the title of line 3 already',
        mend: 'give it its own',
      },
    ])
  })

  it('finds what could only be green by accident', () => {
    expect(found('Feature: x\n  Scenario: s\n')).toEqual(['2 "s" has no steps, so it would prove nothing'])
    expect(found('Feature: x\n  Scenario:\n    Given a\n  Scenario:\n    Given a\n')).toEqual([
      '2 a scenario without a title',
      '4 a scenario without a title',
    ])
    expect(found('Feature: x\n  Scenario Outline: s\n    Given <a>\n    Examples:\n      | a |\n')).toEqual([
      '4 Examples without a row: nothing would run',
    ])
  })
})
