import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the bucket is there', async function (this: RunbookWorld) {
  await this.offsite.makeBucket()
})

Given('restores have a key of their own', async function (this: RunbookWorld) {
  await this.offsite.enableRestores()
})

Given(
  'the bucket holds objects of 29, 40 and 70 days, of backups and of Velero',
  async function (this: RunbookWorld) {
    await this.expiry.hasOldObjects()
  },
)

Given('the key in the secret {string} is to be replaced', async function (this: RunbookWorld, name: string) {
  await this.offsiteSetup.rememberKey(name)
})

Then('pasting the same block again changes nothing', async function (this: RunbookWorld) {
  await this.offsiteSetup.sameBlockChangesNothing()
})

Then('strangers get nothing from the bucket {string}', async function (this: RunbookWorld, bucket: string) {
  await this.offsiteSetup.strangersGetNothing(bucket)
})

Then(
  'every archive in the bucket expires after {int} days by the rule {string}',
  async function (this: RunbookWorld, days: number, rule: string) {
    await this.expiry.everyArchiveExpiresAfter(days, rule)
  },
)

Then('S3 removes backups that are older than 30 days', async function (this: RunbookWorld) {
  await this.expiry.removesOldBackups()
})

Then('S3 keeps everything of Velero', async function (this: RunbookWorld) {
  await this.expiry.keepsVelero()
})

Then(
  'the only policy of the user {string} is {string}',
  async function (this: RunbookWorld, user: string, file: string) {
    await this.offsiteSetup.policyIs(user, file)
  },
)

Then(
  'the keys in the secret {string} read archives, and nothing else',
  async function (this: RunbookWorld, secret: string) {
    await this.permissions.onlyRead(secret)
  },
)

Then(
  'the old key still works beside the one in the secret {string}',
  async function (this: RunbookWorld, name: string) {
    await this.offsiteSetup.bothKeysWork(name)
  },
)

Then(
  'the old key is refused, and the one in the secret {string} works',
  async function (this: RunbookWorld, name: string) {
    await this.offsiteSetup.oldKeyIsRefused(name)
  },
)

Then('no user is left, and every archive in the bucket is', async function (this: RunbookWorld) {
  await this.offsiteSetup.onlyBucketIsLeft()
})
