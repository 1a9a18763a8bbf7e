import { Then, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

When('the operator runs:', async function (this: RunbookWorld, script: string) {
  await this.operator.run(script)
})

When('the operator runs this, and it fails:', async function (this: RunbookWorld, script: string) {
  await this.operator.run(script, true)
})

Then('the output shows {string}', function (this: RunbookWorld, text: string) {
  this.operator.shows(text)
})
