import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('archives are copied off-site', async function (this: RunbookWorld) {
  await this.offsite.enable()
})

Given('backups wait {int} seconds for an answer of S3', async function (this: RunbookWorld, seconds: number) {
  await this.offsite.waitSeconds(seconds)
})

Then(
  'the bucket {string} is versioned, and keeps backups for {int} days',
  async function (this: RunbookWorld, bucket: string, days: number) {
    await this.offsite.bucketKeeps(bucket, days)
  },
)

Then(
  'the keys in the secret {string} add and read archives, and nothing else',
  async function (this: RunbookWorld, secret: string) {
    await this.permissions.addAndRead(secret)
  },
)

Then('the bucket holds every archive of the volume, byte for byte', async function (this: RunbookWorld) {
  await this.offsite.holdsEveryArchive()
})

Then('{int} archive(s) is/are in the bucket', async function (this: RunbookWorld, count: number) {
  await this.offsite.archivesAre(count)
})

Then('nothing is in the bucket, no unfinished upload either', async function (this: RunbookWorld) {
  await this.offsite.isEmpty()
})
