import { spawn } from 'node:child_process'
import { findEngine } from '../lab/engine'
import { readSession } from '../lab/session'

/** `runbook shell`: an operator's shell in the toolbox, as command blocks see it. Its exit code is the shell's. */
export async function shell(options: { lane?: string }): Promise<number> {
  const engine = await findEngine()
  const lane = readSession()?.lanes[Number(options.lane ?? 0)]
  if (!engine || !lane) {
    console.error('The lab is not up, so there is no toolbox to enter\n  repeat    npx runbook up')
    return 3
  }
  const terminal = process.stdin.isTTY ? ['--interactive', '--tty'] : ['--interactive']
  const child = spawn('docker', ['exec', ...terminal, lane.address.toolbox, 'bash', '--login'], {
    stdio: 'inherit',
    env: { ...process.env, DOCKER_HOST: engine.host },
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
