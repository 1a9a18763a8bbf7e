import { Given } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the backup shell is open', async function (this: RunbookWorld) {
  await this.backupShell.open()
})
