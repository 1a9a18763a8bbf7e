import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabBroken } from '../errors'
import { Exec } from './exec'
import type { Toolbox } from './toolbox'

const script = readFileSync(join(__dirname, 'reap.pl'), 'utf8')

/**
 * Kills what command blocks left in the toolbox. Blocks end with their harness, so after a `kill -9` of it
 * there is nothing to find, unless the supervisor was killed as well. For the start of a run, when no block
 * runs in the lane's toolbox: running blocks are killed too; shells of `runbook shell` aren't.
 *
 * @returns the command lines of what was killed
 * @throws LabBroken when the toolbox is gone, or something in it can't be killed
 */
export async function reap(toolbox: Toolbox): Promise<readonly string[]> {
  const exec = await Exec.start(toolbox.container, ['perl', '-e', script])
  const printed = { stdout: '', stderr: '' }
  exec.begin('', (stream, bytes) => {
    printed[stream] += bytes.toString('utf8')
  })
  await exec.ended
  const exitCode = await exec.exitCode()
  if (exitCode === 0) return printed.stdout.split('\0').slice(0, -1)
  throw new LabBroken('RBK_TOOLBOX_LEFTOVERS', {
    attempted: 'Processes that an earlier command block left in the toolbox could not be ended',
    got: printed.stderr.trim() || `exit code ${exitCode}; ${printed.stdout.replaceAll('\0', '\n').trim()}`,
    next: 'Make the lab anew:',
    repeat: 'npx runbook down && npx runbook up',
  })
}
