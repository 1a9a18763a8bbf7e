import { Given, Then, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given(
  'the node goes down while the Job {string} writes an archive',
  async function (this: RunbookWorld, job: string) {
    await this.nodeFailure.during(job)
  },
)

When('somebody switches the node on', async function (this: RunbookWorld) {
  await this.nodeFailure.isSwitchedOn()
})

Then(
  'NATS holds every acknowledged message and every consumer; what a bucket had discarded may be back',
  async function (this: RunbookWorld) {
    await this.restored.isCompleteAfterCrash()
  },
)

Then(
  'the newest archive gives back every acknowledged message and every consumer; what a bucket had discarded may be back',
  async function (this: RunbookWorld) {
    await this.content.comesBackAfterCrash()
  },
)
