import { spawn } from 'node:child_process'
import { exitCodes } from '../gate/verdict'
import { laneAskedFor } from './lane-asked-for'

/** `runbook shell`: an operator's shell in the toolbox, as command blocks see it. Its exit code is the shell's. */
export async function shell(options: { lane?: string }): Promise<number> {
  const lane = await laneAskedFor(options.lane, 'there is no toolbox to enter')
  if (!lane) return exitCodes.inconclusive
  const terminal = process.stdin.isTTY ? ['--interactive', '--tty'] : ['--interactive']
  const child = spawn('docker', ['exec', ...terminal, lane.address.toolbox, 'bash', '--login'], {
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
