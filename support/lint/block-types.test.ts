import { expect, it } from 'vitest'
import { blockTypeFindings } from './block-types'
import { parsedFeature } from './features'
import { goodPage } from './testing/good-page'
import { checkoutWith } from './testing/linted'
import { definitionsIn, usedSteps } from './used-steps'

const root = checkoutWith({
  'steps/all.steps.ts': `
When('the operator runs:', async function (this: RunbookWorld, script: string) {
  await this.operator.run(script, this.failureIsClaimed)
})
Then('the answer is:', function (this: RunbookWorld, answer: string) {
  this.operator.shows(answer)
})
`,
})

function found(step: string, opened: string, closed = '"""', scenario = 'Scenario', rest = ''): string[] {
  const check = `${scenario}: one\n  When ${step}:\n    ${opened}\n    $ ls <ns>\n    ${closed}\n${rest}`
  const steps = usedSteps(parsedFeature('features/good.feature', goodPage({ check })))
  return blockTypeFindings(steps, definitionsIn(root)).map(
    ({ line, what, mend }) => `${line} ${what}: ${mend}`,
  )
}

const untyped = (opened: string) =>
  `14 the step runs this, and it begins with ${opened}, so no rule of command blocks looks at it`

it('finds what is run and isn’t typed bash', () => {
  expect(found('the operator runs', '"""')).toEqual([`${untyped('"""')}: begin it with """bash`])
  expect(found('the operator runs', '"""sh')).toEqual([`${untyped('"""sh')}: begin it with """bash`])
  expect(found('the operator runs', '```', '```')).toEqual([`${untyped('```')}: begin it with \`\`\`bash`])
})

it('finds it once in an outline, also where its rows would type it', () => {
  const rows = '  Examples:\n    | type | ns |\n    | bash | a  |\n    | bash | b  |\n'
  expect(found('the operator runs', '"""<type>', '"""', 'Scenario Outline', rows)).toEqual([
    `${untyped('"""<type>')}: begin it with """bash`,
  ])
})

it('finds nothing in a block, nor in a doc string that isn’t run', () => {
  expect(found('the operator runs', '"""bash')).toEqual([])
  expect(found('the answer is', '"""json')).toEqual([])
})
