import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('a thief uses the key in the secret {string}', async function (this: RunbookWorld, secret: string) {
  await this.stolenKey.isUsed(secret)
})

Given('somebody put the password of NATS into a ConfigMap', async function (this: RunbookWorld) {
  await this.leaks.writeDown()
})

Then('the key in the secret {string} is refused', async function (this: RunbookWorld, secret: string) {
  await this.stolenKey.isRefused(secret)
})

Then('the running backup is an unprivileged process', async function (this: RunbookWorld) {
  await this.runningBackup.isUnprivileged()
})

Then('the NATS user of the backup reads snapshots, and nothing else', async function (this: RunbookWorld) {
  await this.natsUser.onlyReadsSnapshots()
})

Then('no secret is in a log, an event, an object or an archive', async function (this: RunbookWorld) {
  await this.leaks.none()
})

Then('the leaked password is found in the ConfigMap, and nowhere else', async function (this: RunbookWorld) {
  await this.leaks.onlyWhatWasWrittenDown()
})
