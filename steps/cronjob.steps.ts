import { Given } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('somebody deleted the CronJob', async function (this: RunbookWorld) {
  await this.cronJobFaults.isGone()
})

Given('the CronJob has the image {string}', async function (this: RunbookWorld, image: string) {
  await this.cronJobFaults.hasUnknownImage(image)
})

Given('backups may use {int} MiB of memory', async function (this: RunbookWorld, mebibytes: number) {
  await this.cronJobFaults.hasLittleMemory(mebibytes)
})
