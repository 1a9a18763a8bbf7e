import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('NATS has lost every stream', async function (this: RunbookWorld) {
  await this.disasters.loseEveryStream()
})

Given('NATS has lost the stream(s) {string}', async function (this: RunbookWorld, names: string) {
  await this.disasters.loseStreams(names)
})

Given(
  'an application has made the stream {string} anew, and publishes to it',
  async function (this: RunbookWorld, stream: string) {
    await this.application.recreates(stream)
  },
)

Given(
  'the work-queue stream {string} and the interest stream {string} hold {int} acknowledged messages each',
  async function (this: RunbookWorld, queue: string, interest: string, count: number) {
    await this.promises.addConsumedOnce(queue, interest, count)
  },
)

Given(
  'the messages of {string} in that backup are older than the max_age of their stream',
  async function (this: RunbookWorld, stream: string) {
    await this.archiveDamage.limitAge(stream)
  },
)

Given('the newest archive is damaged: it {}', async function (this: RunbookWorld, damage: string) {
  await this.archiveDamage.inflict(damage)
})

Given('the newest copy in the bucket was overwritten by mistake', async function (this: RunbookWorld) {
  await this.disasters.overwriteNewestCopy()
})

Given(
  'the newest copy in the bucket was deleted by mistake, and after that an old one expired',
  async function (this: RunbookWorld) {
    await this.disasters.deleteNewestCopy()
  },
)

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

Then(
  'the stream {string} has {int} replicas, all up to date',
  async function (this: RunbookWorld, stream: string, count: number) {
    await this.restored.hasReplicas(stream, count)
  },
)

Then('no backup and no restore has connected to NATS', async function (this: RunbookWorld) {
  await this.onlookers.sawNoRestore()
})
