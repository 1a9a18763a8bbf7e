import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Then('the newest archive holds every stream, message and consumer', async function (this: RunbookWorld) {
  await this.archives.newestIsComplete()
})

Then('{int} archive(s) is/are on the volume', async function (this: RunbookWorld, count: number) {
  await this.archives.are(count)
})

Then('every archive that was on the volume is still there', async function (this: RunbookWorld) {
  await this.archives.earlierOnesStay()
})

Then('every archive holds every stream, message and consumer', async function (this: RunbookWorld) {
  await this.archives.allAreComplete()
})

Given('somebody reads the backup volume all the time', async function (this: RunbookWorld) {
  await this.volumeReader.begin()
})

Then('every archive was whole at the first look', async function (this: RunbookWorld) {
  await this.volumeReader.sawWholeArchivesOnly()
})

Then('no half-written archive is on the volume', async function (this: RunbookWorld) {
  await this.archives.noneIsHalf()
})

Given('one byte of the newest archive has changed', async function (this: RunbookWorld) {
  await this.archives.damageNewest()
})

Given('the newest archive was changed and packed again', async function (this: RunbookWorld) {
  await this.archives.repackNewest()
})
