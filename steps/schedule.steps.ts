import { Given, Then, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'

Given('the schedule is paused', async function (this: RunbookWorld) {
  await this.schedule.pause()
})

Given('a scheduled backup is held up half-way', async function (this: RunbookWorld) {
  await this.schedule.holdsOneUp()
})

When('02:00 passed {int} hour(s) ago', async function (this: RunbookWorld, hours: number) {
  await this.schedule.passed(hours)
})

Then('the schedule stays paused', async function (this: RunbookWorld) {
  await this.schedule.isPaused()
})

Then('the scheduled backup completes', async function (this: RunbookWorld) {
  await this.schedule.startedOneCompletes()
})

Then('the schedule has started no backup', async function (this: RunbookWorld) {
  await this.schedule.startedNone()
})

Then('the schedule leaves one backup out', async function (this: RunbookWorld) {
  await this.schedule.leavesOneOut()
})
