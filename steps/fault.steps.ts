import { Given, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('S3 refuses connections', async function (this: RunbookWorld) {
  await this.faults.s3RefusesConnections()
})

Given('NATS is down', async function (this: RunbookWorld) {
  await this.faults.natsIsDown()
})

Given('connections to NATS are cut after {int} KiB', async function (this: RunbookWorld, kibibytes: number) {
  await this.faults.natsCutsConnections(kibibytes)
})

When('S3 answers again', async function (this: RunbookWorld) {
  await this.faults.end()
})

When('NATS is back', async function (this: RunbookWorld) {
  await this.faults.end()
})
