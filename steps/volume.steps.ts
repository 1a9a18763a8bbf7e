import { Given, Then, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the backup volume has room for {int} MiB', async function (this: RunbookWorld, mib: number) {
  await this.volumeFaults.isSmall(mib)
})

Given('only {int} MiB are left on the backup volume', async function (this: RunbookWorld, mib: number) {
  await this.volumeFaults.hasLeft(mib)
})

Given('the backup volume will fill up as soon as an archive is begun', async function (this: RunbookWorld) {
  await this.volumeFaults.fillsDuringBackup()
})

Then('the volume was filled while the archive was written', async function (this: RunbookWorld) {
  await this.volumeFaults.filledMeanwhile()
})

Given('the backup volume is read-only', async function (this: RunbookWorld) {
  await this.volumeFaults.isReadOnly()
})

When('the disk of the backup volume is mended', async function (this: RunbookWorld) {
  await this.volumeFaults.isMended()
})

Given('the claim of the backup volume is gone', async function (this: RunbookWorld) {
  await this.volumeFaults.claimIsGone()
})
