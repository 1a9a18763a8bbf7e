import type { Plugin } from '@cucumber/cucumber/api'
import { isClusterAsked } from './existing-cluster/asked'
import { asked } from './gate/asked'
import { endRun } from './gate/end-run'
import { up } from './lab/lab'
import { lockLab } from './lab/lock'

/** How long a run waits for another one that has the lab, in milliseconds. */
const patienceMs = 30 * 60_000

/**
 * The lab, for as long as a run needs it: brought up (or found warm) once something is selected, and before any
 * worker is made; held by this run alone until its end. It stays warm afterwards. A run on an existing cluster has the
 * same lock, and needs nothing of the lab but its toolbox.
 */
export const lab: Plugin = {
  type: 'plugin',
  async coordinator({ operation, transform, environment: { cwd, stderr } }) {
    if (operation !== 'runCucumber') return
    const { dryRun, parallel, retry } = await asked(cwd)
    if (dryRun) return
    const tell = (line: string) => stderr.write(`${line}\n`)
    const elsewhere = isClusterAsked() ? existingCluster() : undefined
    let release: () => void = () => undefined
    transform('pickles:filter', (selected) => elsewhere?.select(selected, tell) ?? selected)
    transform('pickles:order', async (pickles) => {
      try {
        release = await lockLab(patienceMs, tell)
        await (elsewhere ? elsewhere.prepare({ parallel, retry }, tell) : up(Math.max(1, parallel), tell))
      } catch (error) {
        release()
        endRun(error)
      }
      return pickles
    })
    return () => release()
  },
}

/** Loaded when it's asked for: it reads step definitions with the TypeScript compiler, and the lab's runs needn't wait for that. */
function existingCluster(): typeof import('./existing-cluster/run') {
  return require('./existing-cluster/run') as typeof import('./existing-cluster/run')
}
