import { Given, Then, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('NATS is down', async function (this: RunbookWorld) {
  await this.natsFaults.isDown()
})

Given('NATS is behind a link of {int} KiB a second', async function (this: RunbookWorld, kibibytes: number) {
  await this.natsFaults.isSlow(kibibytes)
})

Given('connections to NATS are cut after {int} KiB', async function (this: RunbookWorld, kibibytes: number) {
  await this.natsFaults.cutsConnections(kibibytes)
})

Given('two of the three NATS servers are gone', async function (this: RunbookWorld) {
  await this.natsFaults.hasNoQuorum()
})

Given('one of the three NATS servers is gone', async function (this: RunbookWorld) {
  await this.natsFaults.losesOneServer()
})

Given('one of the three NATS servers is cut off from the others', async function (this: RunbookWorld) {
  await this.natsFaults.isPartitioned()
})

Given('NATS does not know the password in the secret nats-auth', async function (this: RunbookWorld) {
  await this.natsFaults.passwordChanges()
})

Given('somebody deleted the Service of NATS', async function (this: RunbookWorld) {
  await this.natsFaults.serviceIsGone()
})

Given('cluster DNS is down', async function (this: RunbookWorld) {
  await this.natsFaults.dnsIsDown()
})

Given('the stream {string} holds {int} MiB', async function (this: RunbookWorld, name: string, mib: number) {
  await this.natsFaults.hasBigStream(name, mib)
})

Given(
  'an application keeps the stream {string} in memory',
  async function (this: RunbookWorld, stream: string) {
    await this.application.keepsInMemory(stream)
  },
)

Given(
  'an application has made the stream {string} for the subject {string}',
  async function (this: RunbookWorld, stream: string, subject: string) {
    await this.application.makes(stream, subject)
  },
)

Given(
  'the leader of the stream {string} will be lost while the stream is read',
  async function (this: RunbookWorld, stream: string) {
    await this.natsFaults.leaderWillBeLost(stream)
  },
)

Then('the leader was lost while the stream was read', function (this: RunbookWorld) {
  this.natsFaults.leaderWasLost()
})

When('NATS is back', async function (this: RunbookWorld) {
  await this.natsFaults.isBack()
})
