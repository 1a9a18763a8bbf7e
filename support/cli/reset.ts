import { findEngine } from '../lab/engine'
import { LaneAccess } from '../lab/lane-access'
import { lockLab } from '../lab/lock'
import { readSession } from '../lab/session'
import { reap } from '../shell/reap'

/** `runbook reset`: puts a lane back to the state in which every scenario begins, and says what differed from it. */
export async function reset(options: { lane?: string }): Promise<number> {
  const engine = await findEngine()
  const lane = readSession()?.lanes[Number(options.lane ?? 0)]
  if (!engine || !lane) {
    console.error('The lab is not up, so there is nothing to put back\n  repeat    npx runbook up')
    return 3
  }
  process.env.DOCKER_HOST = engine.host
  const release = await lockLab(60_000, console.log)
  try {
    const access = await LaneAccess.open(lane)
    try {
      await reap(access.toolbox)
      const putBack = await access.baseline.establish()
      console.log(
        putBack.length === 0
          ? 'Every scenario begins in this state already.'
          : `Put back:\n${putBack.join('\n')}`,
      )
      return 0
    } finally {
      await access.close()
    }
  } finally {
    release()
  }
}
