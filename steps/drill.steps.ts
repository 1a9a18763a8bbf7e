import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('NATS holds data that its publishers were told is safe', async function (this: RunbookWorld) {
  await this.drill.productionHoldsData()
})

Then(
  'the second site holds every acknowledged message and every consumer',
  async function (this: RunbookWorld) {
    await this.drill.secondSiteHoldsEverything()
  },
)

Then('NATS itself is untouched', async function (this: RunbookWorld) {
  await this.drill.productionIsUntouched()
})

Then(
  'the Job {string} took less than the recovery time objective',
  async function (this: RunbookWorld, job: string) {
    await this.drill.tookLessThanObjective(job)
  },
)
