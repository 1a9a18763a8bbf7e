import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the backup CronJob is deployed', async function (this: RunbookWorld) {
  await this.backups.deploy()
})

Given('one backup was taken', async function (this: RunbookWorld) {
  await this.earlierBackups.one()
})

Given('the last backup is {int} hour(s) old', async function (this: RunbookWorld, hours: number) {
  await this.earlierBackups.oneOfHoursAgo(hours)
})

Given('backups of the last {int} days are on the volume', async function (this: RunbookWorld, days: number) {
  await this.earlierBackups.ofLastDays(days)
})

Given('an archive named {string} is on the volume', async function (this: RunbookWorld, name: string) {
  await this.earlierBackups.named(name)
})

Given('a backup is held up half-way', async function (this: RunbookWorld) {
  await this.heldBackup.begin()
})

Then('the backup that was held up completes', async function (this: RunbookWorld) {
  await this.heldBackup.completes()
})

Then(
  'the CronJob {string} runs every night at 02:00 UTC, one backup at a time',
  async function (this: RunbookWorld, name: string) {
    await this.backups.isScheduled(name)
  },
)

Then('the Job {string} completes', async function (this: RunbookWorld, name: string) {
  await this.backups.jobCompletes(name)
})

Then(
  'an attempt of the Job {string} fails, and the Job will try again',
  async function (this: RunbookWorld, name: string) {
    await this.backups.attemptFails(name)
  },
)

Then('the Job {string} fails, and is not tried again', async function (this: RunbookWorld, name: string) {
  await this.backups.failsAtOnce(name)
})

Then('a retry of the Job {string} succeeds by itself', async function (this: RunbookWorld, name: string) {
  await this.backups.retrySucceeds(name)
})
