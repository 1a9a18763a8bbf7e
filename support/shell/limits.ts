import { LabBroken } from '../errors'
import { ask } from './engine-api'

/** Processes and threads that a toolbox may have at once (docs/decisions/0004). A kubectl that watches has 4 on two cores. */
const processes = 256

/**
 * Keeps what a command block forks from taking the machine. Set on the running container, because testcontainers has no
 * setting for it.
 *
 * @throws LabBroken when the engine doesn't do it
 */
export async function limitProcesses(container: string): Promise<void> {
  const { status, body } = await ask('POST', `/containers/${container}/update`, { PidsLimit: processes })
  if (status === 200) return
  throw new LabBroken('RBK_TOOLBOX_LIMIT', {
    attempted: "The number of the toolbox's processes could not be limited",
    got: `${JSON.stringify(body)} (status ${status})`,
    next: 'Does the engine’s machine have the pids cgroup? See:',
    repeat: 'npx runbook doctor',
  })
}
