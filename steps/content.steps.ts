import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given(
  'a stream {string} of {int} MiB is published to all the time',
  async function (this: RunbookWorld, stream: string, mebibytes: number) {
    await this.publishers.begin(stream, mebibytes)
  },
)

Then(
  'no publisher got an error, and the archive holds all that was acknowledged before it was begun',
  async function (this: RunbookWorld) {
    await this.content.holdsWhatWasPublished()
  },
)

Then(
  'the newest archive gives back every acknowledged message and every consumer',
  async function (this: RunbookWorld) {
    await this.content.comesBack()
  },
)

Then('the manifest of the newest archive is true', async function (this: RunbookWorld) {
  await this.content.manifestIsTrue()
})

Then('the output names every stream with its messages and consumers', async function (this: RunbookWorld) {
  await this.content.isTold()
})

Then('the output names every archive on the volume', async function (this: RunbookWorld) {
  await this.content.archivesAreTold()
})
