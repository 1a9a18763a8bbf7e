import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the backup shell is open', async function (this: RunbookWorld) {
  await this.backupShell.open()
})

Given('the backup shell has ended', async function (this: RunbookWorld) {
  await this.backupShell.end()
})

Given('every stream was restored', async function (this: RunbookWorld) {
  await this.backupShell.restore()
})

Given('the stream {string} was restored', async function (this: RunbookWorld, stream: string) {
  await this.backupShell.restore(stream)
})

Then(
  'the backup shell uses the key in the secret {string}',
  async function (this: RunbookWorld, secret: string) {
    await this.backupShell.usesKeyOf(secret)
  },
)
