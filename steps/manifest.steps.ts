import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('{string} is applied', async function (this: RunbookWorld, file: string) {
  await this.manifests.apply(file)
})

Then('nothing of {string} is left', async function (this: RunbookWorld, file: string) {
  await this.manifests.isGone(file)
})

Given(
  'the Job(s) {string} was/were started from the CronJob {string}',
  async function (this: RunbookWorld, names: string, cronJob: string) {
    await this.handStartedJobs.start(names, cronJob)
  },
)

Then('no Job of the CronJob {string} is left', async function (this: RunbookWorld, cronJob: string) {
  await this.handStartedJobs.noneIsLeft(cronJob)
})
