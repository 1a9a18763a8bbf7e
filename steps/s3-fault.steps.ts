import { Given, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('S3 refuses connections', async function (this: RunbookWorld) {
  await this.offsiteFaults.refusesConnections()
})

Given('S3 takes connections and does not answer', async function (this: RunbookWorld) {
  await this.offsiteFaults.hangs()
})

Given('S3 takes {int} KiB a second', async function (this: RunbookWorld, kibibytes: number) {
  await this.offsiteFaults.isSlow(kibibytes)
})

Given('connections to S3 are cut after {int} KiB', async function (this: RunbookWorld, kibibytes: number) {
  await this.offsiteFaults.cutsUploads(kibibytes)
})

Given('somebody removed the policy of the backup user', async function (this: RunbookWorld) {
  await this.offsiteFaults.policyIsGone()
})

Given('somebody deleted the bucket', async function (this: RunbookWorld) {
  await this.offsiteFaults.bucketIsGone()
})

Given('the bucket takes {int} KiB and no more', async function (this: RunbookWorld, kibibytes: number) {
  await this.offsiteFaults.quotaIsReached(kibibytes)
})

Given('S3 has as many requests at a time as it takes', async function (this: RunbookWorld) {
  await this.offsiteFaults.isThrottled()
})

Given('the name of S3 does not resolve', async function (this: RunbookWorld) {
  await this.offsiteFaults.nameIsUnknown()
})

Given('the secret "nats-backup-s3" holds placeholders', async function (this: RunbookWorld) {
  await this.offsiteFaults.keysArePlaceholders()
})

Given('somebody deleted the secret {string}', async function (this: RunbookWorld, secret: string) {
  await this.offsiteFaults.secretIsGone(secret)
})

When('S3 answers again', async function (this: RunbookWorld) {
  await this.offsiteFaults.answersAgain()
})
