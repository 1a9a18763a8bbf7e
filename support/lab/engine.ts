import { request } from 'node:http'
import { join } from 'node:path'
import { LabBroken } from '../errors'
import { paths } from './home'
import { canInstallEngine, startPrivateEngine } from './private-engine'

/** A Docker engine that answers. */
export interface Engine {
  /** As in DOCKER_HOST. */
  readonly host: string
  /** `private`: installed and started by the lab, with its own socket and data. */
  readonly origin: 'found' | 'private'
}

const privateSocket = join(paths.engine, 'docker.sock')

/**
 * The engine that everything of the lab runs on: one that answers already, else the lab's own.
 * From here on DOCKER_HOST names it, so that kind, the docker client and testcontainers use it too.
 *
 * @param progress told what is being done when it takes long, one line each
 * @throws LabBroken when none answers and none can be installed here
 */
export async function useEngine(progress: (line: string) => void): Promise<Engine> {
  const engine = (await findEngine()) ?? (await ownEngine(progress))
  process.env.DOCKER_HOST = engine.host
  // The reaper of testcontainers is an image of its own and kills what a warm lab keeps; the lab cleans up by label.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
  return engine
}

/** The engine that answers now, without starting one. Who names one by DOCKER_HOST gets that one or none. */
export async function findEngine(): Promise<Engine | undefined> {
  const named = process.env.DOCKER_HOST
  const candidates = named ? [named] : ['unix:///var/run/docker.sock', `unix://${privateSocket}`]
  for (const host of candidates) {
    if (await answers(host)) return { host, origin: host.endsWith(privateSocket) ? 'private' : 'found' }
  }
  return undefined
}

async function ownEngine(progress: (line: string) => void): Promise<Engine> {
  const named = process.env.DOCKER_HOST
  if (named && named !== `unix://${privateSocket}`) {
    throw new LabBroken('RBK_NO_ENGINE', {
      attempted: 'The Docker engine that DOCKER_HOST names does not answer',
      expected: `an engine at ${named}`,
      next: 'Start it, or let the lab find or start another one:',
      repeat: 'unset DOCKER_HOST',
    })
  }
  const can = canInstallEngine()
  if (!can.ok) {
    throw new LabBroken('RBK_NO_ENGINE', {
      attempted: 'No Docker engine answers',
      expected: 'one at /var/run/docker.sock',
      got: can.why,
      next: 'Install Docker and start it, or run as root on Debian or Ubuntu, where the lab installs its own:',
      repeat: 'sudo apt-get install -y docker.io && sudo usermod -aG docker "$USER"',
    })
  }
  await startPrivateEngine(privateSocket, answers, progress)
  return { host: `unix://${privateSocket}`, origin: 'private' }
}

/** Whether a Docker engine answers at `host`. One that is reached by TCP or SSH is taken at its word by the client itself. */
function answers(host: string): Promise<boolean> {
  if (!host.startsWith('unix://')) return Promise.resolve(true)
  return new Promise((resolve) => {
    const call = request(
      { socketPath: host.slice('unix://'.length), path: '/_ping', timeout: 2000 },
      (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      },
    )
    call.on('error', () => resolve(false))
    call.on('timeout', () => call.destroy())
    call.end()
  })
}
