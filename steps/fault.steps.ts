import { Given, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('S3 refuses connections', async function (this: RunbookWorld) {
  await this.faults.s3RefusesConnections()
})

When('S3 answers again', async function (this: RunbookWorld) {
  await this.faults.end()
})

When('NATS is back', async function (this: RunbookWorld) {
  await this.faults.end()
})
