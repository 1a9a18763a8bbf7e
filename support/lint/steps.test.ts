import { describe, expect, it } from 'vitest'
import { parsedFeature } from './features'
import { stepFindings } from './steps'
import { goodPage } from './testing/good-page'
import { checkoutWith } from './testing/linted'
import { definitionsIn, usedSteps } from './used-steps'

const steps = `
Given('the Job {string} completes', () => undefined)
Given(/^(it|he) works$/, () => undefined)
`
const root = checkoutWith({ 'steps/all.steps.ts': steps })

function found(check: string, at = root): string[] {
  const page = goodPage({ check })
  return stepFindings(usedSteps(parsedFeature('features/good.feature', page)), definitionsIn(at)).map(
    ({ line, what, mend }) => `${line} ${what}: ${mend}`,
  )
}

describe('steps that no definition matches', () => {
  it('are found, with what may have been meant', () => {
    expect(found('Scenario: one\n  Given the Job "x" completed\n  And he works')).toEqual([
      '13 no step definition matches “the Job "x" completed”: did you mean “the Job {string} completes”? docs/steps.md lists what a step can say',
    ])
  })

  it('are found once in a background, and with the values of each row in an outline', () => {
    const text = [
      'Background:',
      '  Given nobody',
      'Scenario Outline: one',
      '  Given <who> works',
      '  Examples:',
      '    | who |',
      '    | it  |',
      '    | she |',
      'Scenario: two',
      '  Given it works',
    ].join('\n')
    expect(found(text)).toEqual([
      '13 no step definition matches “nobody”: docs/steps.md lists what a step can say',
      '15 no step definition matches “she works”: docs/steps.md lists what a step can say',
    ])
  })

  it('are left to cucumber where a definition is computed, and where there is none', () => {
    const computed = checkoutWith({ 'steps/all.steps.ts': 'Given(text, () => undefined)\n' })
    expect(found('Scenario: one\n  Given nobody', computed)).toEqual([])
    expect(found('Scenario: one\n  Given nobody', checkoutWith({}))).toEqual([])
  })
})
