import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the backup shell is open', async function (this: RunbookWorld) {
  await this.backupShell.open()
})

Then(
  'the backup shell uses the key in the secret {string}',
  async function (this: RunbookWorld, secret: string) {
    await this.backupShell.usesKeyOf(secret)
  },
)
