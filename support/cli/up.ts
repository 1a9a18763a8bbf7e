import { duration } from '../lab/image-progress'
import { up as bringUp } from '../lab/lab'
import { lockLab } from '../lab/lock'

/** `runbook up`: brings the lab up and leaves it warm for the runs that follow. */
export async function up(options: { lanes?: string }): Promise<number> {
  const started = Date.now()
  const release = await lockLab(600_000, console.log)
  try {
    const session = await bringUp(Number(options.lanes ?? 1), console.log)
    const lanes = session.lanes.length === 1 ? '1 lane' : `${session.lanes.length} lanes`
    console.log(`The lab is up: ${lanes}, ready after ${duration((Date.now() - started) / 1000)}.`)
    return 0
  } finally {
    release()
  }
}
