import { expect, it } from 'vitest'
import { parsedFeature } from './features'
import { interruptibleFindings } from './interruptible'
import { goodPage, withBlock } from './testing/good-page'
import { checkoutWith } from './testing/linted'
import { definitionsIn } from './used-steps'

const root = checkoutWith({
  'steps/all.steps.ts': `
When('the operator runs:', async function (this: RunbookWorld, script: string) {
  await this.operator.run(script, this.failureIsClaimed, this.isInterruptible)
})
Then('the output shows {string}', function (this: RunbookWorld, text: string) {
  this.operator.shows(text)
})
Then('the bucket is there', async function (this: RunbookWorld) {
  await this.bucket.isThere()
})
`,
})

function found(tag: string, ...thens: readonly string[]): string[] {
  const check = [tag, withBlock('ls /'), ...thens.map((then) => `  ${then}`)].join('\n')
  const envelopes = parsedFeature('features/good.feature', goodPage({ check }))
  return interruptibleFindings(envelopes, definitionsIn(root)).map(({ line, what }) => `${line} ${what}`)
}

const finding = '13 "one" is @interruptible, and none of its Thens looks further than the output'

it('finds an interruptible scenario that looks at nothing but the output', () => {
  expect(found('@interruptible', 'Then the output shows "bin"', 'And the output shows "etc"')).toEqual([
    finding,
  ])
  expect(found('@interruptible')).toEqual([finding])
  expect(found('@interruptible', 'And the bucket is there')).toEqual([finding])
})

it('finds nothing where one Then looks at what came of it, nor where nothing is cut off', () => {
  expect(found('@interruptible', 'Then the output shows "bin"', 'And the bucket is there')).toEqual([])
  expect(found('@slow', 'Then the output shows "bin"')).toEqual([])
})
