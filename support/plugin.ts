import type { Plugin } from '@cucumber/cucumber/api'
import { asked } from './gate/asked'
import { endRun } from './gate/end-run'
import { up } from './lab/lab'
import { lockLab } from './lab/lock'

/** How long a run waits for another one that has the lab, in milliseconds. */
const patienceMs = 30 * 60_000

/**
 * The lab, for as long as a run needs it: brought up (or found warm) once something is selected, and before any
 * worker is made; held by this run alone until its end. It stays warm afterwards.
 */
export const lab: Plugin = {
  type: 'plugin',
  async coordinator({ operation, transform, environment: { cwd, stderr } }) {
    if (operation !== 'runCucumber') return
    const { dryRun, parallel } = await asked(cwd)
    if (dryRun) return
    const tell = (line: string) => stderr.write(`${line}\n`)
    let release: () => void = () => undefined
    transform('pickles:order', async (pickles) => {
      try {
        release = await lockLab(patienceMs, tell)
        await up(Math.max(1, parallel), tell)
      } catch (error) {
        release()
        endRun(error)
      }
      return pickles
    })
    return () => release()
  },
}
