import { After, AfterAll, Before, BeforeStep, Status, setDefaultTimeout } from '@cucumber/cucumber'
import type { Pickle } from '@cucumber/messages'
import { isClusterAsked } from './existing-cluster/asked'
import { LanePlace } from './lane-place'
import type { Place } from './place'
import { waitedMs } from './waiting'
import type { RunbookWorld } from './world'

// Every wait has a deadline of its own, by name; cucumber's would end a step with a message that names nothing.
setDefaultTimeout(-1)

let opened: Promise<Place> | undefined
let described = false
let waitedBefore = 0

Before({ name: 'The lane is at its baseline' }, async function (this: RunbookWorld, { pickle }) {
  waitedBefore = waitedMs()
  opened ??= openPlace()
  const place = await opened
  const told = await place.makeReady()
  const scenario = this.begin(place)
  if (told) this.log(told)
  if (!place.mayCutOff && isInterruptible(pickle)) {
    const leftOut = 'Nothing is broken off on purpose where others work.'
    await scenario.record('cutoffs', { behindLines: [], leftOut })
  }
  if (described) return
  described = true
  await scenario.record('lab', place.described)
})

/** A command is judged where it runs, so that step has to know whether the next one claims a failure, and what the tags ask for. */
BeforeStep(async function (this: RunbookWorld, { pickle, pickleStep }) {
  const next = pickle.steps[pickle.steps.findIndex(({ id }) => id === pickleStep.id) + 1]
  this.failureIsClaimed = next?.text.startsWith('the command fails with ') ?? false
  const place = await opened
  this.isInterruptible = place?.mayCutOff === true && isInterruptible(pickle)
})

After({ name: 'Evidence, and the end of every fault' }, async function (this: RunbookWorld, { result }) {
  // None, where the lane could not be brought to its baseline: that is what the reader should see.
  const scenario = this.begun
  const place = await opened?.catch(() => undefined)
  if (!scenario || !place) return
  const failed = result?.status === Status.FAILED
  const died = failed ? await place.died(scenario) : undefined
  if (died) {
    // Said before anything else is asked of the lane: it may not answer.
    const { code, message } = died
    await scenario.record('verdict', { verdict: 'inconclusive', code, message })
  }
  if (failed)
    await scenario.record('evidence', {
      title: 'The system when the step failed',
      items: await scenario.evidence(),
    })
  if (died) {
    await scenario.endAside()
    throw died
  }
  const calls = await scenario.adapterCalls()
  if (calls.length > 0)
    this.log(`An adapter answered these calls in the place of AWS IAM: ${calls.join(', ')}`)
  await scenario.end()
  const left = await place.leftBehind()
  if (left) this.log(left)
  await scenario.record('timing', { waitedMs: Math.round(waitedMs() - waitedBefore) })
})

AfterAll({ name: 'Close the lane' }, async () => {
  const place = await opened?.catch(() => undefined)
  await place?.close()
})

function isInterruptible({ tags }: Pickle): boolean {
  return tags.some(({ name }) => name === '@interruptible')
}

/** This worker's lane of the lab, or the existing cluster that the run was asked to use. */
function openPlace(): Promise<Place> {
  if (!isClusterAsked()) return LanePlace.open(Number(process.env.CUCUMBER_WORKER_ID ?? 0))
  const { ExistingCluster } = require('./existing-cluster/place') as typeof import('./existing-cluster/place')
  return ExistingCluster.asked()
}
