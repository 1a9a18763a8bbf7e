import { execFileSync } from 'node:child_process'
import { After, AfterAll, Before, BeforeStep, Status, setDefaultTimeout } from '@cucumber/cucumber'
import { HarnessMisused, LabBroken, messageOf } from './errors'
import { laneDied } from './lab/died'
import { findEngine } from './lab/engine'
import { checkout } from './lab/home'
import { LaneAccess } from './lab/lane-access'
import { readSession, type Session } from './lab/session'
import { simulated } from './lab/simulated'
import { reap } from './shell/reap'
import { waitedMs } from './waiting'
import type { RunbookWorld } from './world'

// Every wait has a deadline of its own, by name; cucumber's would end a step with a message that names nothing.
setDefaultTimeout(-1)

let opened: Promise<{ lane: LaneAccess; session: Session }> | undefined
let labTold = false
let waitedBefore = 0

Before({ name: 'The lane is at its baseline' }, async function (this: RunbookWorld) {
  waitedBefore = waitedMs()
  opened ??= openLane()
  const { lane, session } = await opened
  const putBack = await lane.baseline.establish().catch(async (error: unknown) => {
    throw (await laneDied(lane.address)) ?? error
  })
  const scenario = this.begin(lane)
  if (putBack.length > 0) this.log(`Put back before this scenario:\n${putBack.join('\n')}`)
  if (labTold) return
  labTold = true
  await scenario.record('lab', labOf(session))
})

/** A command is judged where it runs, so that step has to know whether the next one claims a failure, and what the tags ask for. */
BeforeStep(function (this: RunbookWorld, { pickle, pickleStep }) {
  const next = pickle.steps[pickle.steps.findIndex(({ id }) => id === pickleStep.id) + 1]
  this.failureIsClaimed = next?.text.startsWith('the command fails with ') ?? false
  this.isInterruptible = pickle.tags.some(({ name }) => name === '@interruptible')
})

After({ name: 'Evidence, and the end of every fault' }, async function (this: RunbookWorld, { result }) {
  // None, where the lane could not be brought to its baseline: that is what the reader should see.
  const scenario = this.begun
  if (!scenario) return
  const failed = result?.status === Status.FAILED
  const died = failed ? await laneDied(scenario.lane.address, scenario.silenced) : undefined
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
  await scenario.record('timing', { waitedMs: Math.round(waitedMs() - waitedBefore) })
})

AfterAll({ name: 'Close the lane' }, async () => {
  const lane = await opened?.catch(() => undefined)
  await lane?.lane.close()
})

/** This worker's lane, as the plugin's session has it; what a killed run left in its toolbox is ended. */
async function openLane(): Promise<{ lane: LaneAccess; session: Session }> {
  const number = Number(process.env.CUCUMBER_WORKER_ID ?? 0)
  const session = readSession()
  const lane = session?.lanes[number]
  if (!session || !lane) {
    throw new LabBroken('RBK_NO_LANE', {
      attempted: `There is no lane ${number} for this worker`,
      got: session ? `${session.lanes.length} lanes` : 'no lab is up',
      next: 'Bring up as many lanes as workers:',
      repeat: `npx runbook up --lanes ${number + 1}`,
    })
  }
  process.env.DOCKER_HOST ??= (await findEngine())?.host
  const access = await LaneAccess.open(lane)
  await reap(access.toolbox)
  return { lane: access, session }
}

function labOf({ versions, images, startedAt }: Session) {
  return { versions, images, simulated, commit: commit(), startedAt }
}

/** The commit that is checked out, marked when files differ from it. */
function commit(): string {
  try {
    const options = { cwd: checkout, encoding: 'utf8', stdio: 'pipe' } as const
    const git = (...args: string[]) => execFileSync('git', args, options).trim()
    return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain') ? ', with changes' : ''}`
  } catch (error) {
    if (error instanceof HarnessMisused) throw error
    return `unknown (${messageOf(error).split('\n')[0]})`
  }
}
