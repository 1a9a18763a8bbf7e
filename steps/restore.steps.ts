import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('NATS has lost every stream', async function (this: RunbookWorld) {
  await this.disasters.loseEveryStream()
})

Given('NATS has lost the stream {string}', async function (this: RunbookWorld, name: string) {
  await this.disasters.loseStreams([name])
})

Given('the backup volume is lost, with every archive on it', async function (this: RunbookWorld) {
  await this.disasters.loseBackupVolume()
})

Given('{int} more messages are acknowledged after that', async function (this: RunbookWorld, count: number) {
  await this.promises.publishAfterBackup(count)
})

Then('NATS holds every acknowledged message and every consumer', async function (this: RunbookWorld) {
  await this.restored.isComplete()
})

Then(
  'NATS holds all that was acknowledged before the backup; the {int} messages after it are lost',
  async function (this: RunbookWorld, count: number) {
    await this.restored.lacksOnlyWhatCameAfterBackup(count)
  },
)

Then('every other stream is untouched', async function (this: RunbookWorld) {
  await this.restored.survivorsAreUntouched()
})

Then(
  'the consumer {string} of {string} goes on where it was, within the recovery time objective',
  async function (this: RunbookWorld, consumer: string, stream: string) {
    await this.recovery.consumerGoesOn(stream, consumer)
  },
)

Then('NATS still holds nothing', async function (this: RunbookWorld) {
  await this.restored.isEmpty()
})
