import { Then, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

When('the operator runs:', async function (this: RunbookWorld, script: string) {
  await this.operator.run(script, this.failureIsClaimed, this.isInterruptible)
})

Then('the command fails with {string}', function (this: RunbookWorld, text: string) {
  this.operator.failsWith(text)
})

Then('the output does not show {string}', function (this: RunbookWorld, text: string) {
  this.operator.showsNot(text)
})

Then('the output shows {string}', function (this: RunbookWorld, text: string) {
  this.operator.shows(text)
})
