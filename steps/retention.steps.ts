import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('files of others are on the volume', async function (this: RunbookWorld) {
  await this.retention.othersHaveFiles()
})

Given('archives are kept for {int} days', async function (this: RunbookWorld, days: number) {
  await this.retention.setTo(days)
})

Then('the files of others are untouched', async function (this: RunbookWorld) {
  await this.retention.othersFilesStay()
})

Then('backups are set to stay for {int} days', async function (this: RunbookWorld, days: number) {
  await this.retention.isSetTo(days)
})

Then(
  'of the earlier archives those of the last {int} days are left',
  async function (this: RunbookWorld, days: number) {
    await this.retention.keepsTheLast(days)
  },
)
