import { docker } from '../lab/docker'
import { findEngine } from '../lab/engine'
import { down as takeDown } from '../lab/lab'
import { lockLab } from '../lab/lock'
import { stopPrivateEngine } from '../lab/private-engine'

/** `runbook down`: removes everything that a lab left on this machine but its images; those only cost time to make. */
export async function down(options: { keepEngine?: boolean }): Promise<number> {
  const engine = await findEngine()
  if (!engine) {
    console.log('No Docker engine answers, so nothing of a lab is running.')
    return 0
  }
  process.env.DOCKER_HOST = engine.host
  const release = await lockLab(60_000, console.log)
  try {
    const removed = await takeDown()
    console.log(removed.length === 0 ? 'Nothing of a lab was there.' : `Removed ${removed.join(', ')}.`)
    const others = await runningContainers()
    if (others > 0) console.log(`The engine stays: ${others} containers of other labs run on it.`)
    else if (engine.origin === 'private' && !options.keepEngine && stopPrivateEngine())
      console.log('Stopped the private Docker engine.')
    return 0
  } finally {
    release()
  }
}

/** How many containers run on the engine. */
async function runningContainers(): Promise<number> {
  const running = await docker(['ps', '--quiet'])
  return String(running.stdout).split('\n').filter(Boolean).length
}
