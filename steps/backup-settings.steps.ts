import { Given, Then } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('backups leave out the stream {string}', async function (this: RunbookWorld, stream: string) {
  await this.settings.leaveOut(stream)
})

Then(
  'a backup that was missed starts up to {int} hours late',
  async function (this: RunbookWorld, hours: number) {
    await this.settings.missedStartIsMadeUpFor(hours)
  },
)

Then(
  'a backup that hangs is ended after {int} minutes',
  async function (this: RunbookWorld, minutes: number) {
    await this.settings.endsWithin(minutes)
  },
)

Then('a backup is due every {int} hours', async function (this: RunbookWorld, hours: number) {
  await this.settings.isDueEvery(hours)
})

Then(
  'the exit codes {string} fail the Job without another try',
  async function (this: RunbookWorld, codes: string) {
    await this.settings.failAtOnce(codes)
  },
)

Then(
  'archives lie on the volume of the claim {string}, which asks for {string}',
  async function (this: RunbookWorld, claim: string, size: string) {
    await this.settings.claimAsksFor(claim, size)
  },
)

Then(
  'the secret {string} holds the keys {string}',
  async function (this: RunbookWorld, secret: string, keys: string) {
    await this.settings.secretHolds(secret, keys)
  },
)

Then(
  'the newest archive is restored in less than the {int} minutes of the recovery time objective',
  async function (this: RunbookWorld, minutes: number) {
    await this.content.comesBackWithin(minutes)
  },
)
