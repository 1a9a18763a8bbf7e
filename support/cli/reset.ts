import { exitCodes } from '../gate/verdict'
import { LaneAccess } from '../lab/lane-access'
import { lockLab } from '../lab/lock'
import { reap } from '../shell/reap'
import { laneAskedFor } from './lane-asked-for'

/** `runbook reset`: puts a lane back to the state in which every scenario begins, and says what differed from it. */
export async function reset(options: { lane?: string }): Promise<number> {
  const lane = await laneAskedFor(options.lane, 'there is nothing to put back')
  if (!lane) return exitCodes.inconclusive
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
