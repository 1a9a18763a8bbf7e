import { LabBroken } from '../errors'
import { docker } from './docker'

/** Where everything of the lab lies in a lane's node. */
export const nodeFolder = '/var/local/runbook-lab'

/** A script for the node: what it does, for the message when it fails, and what it's given as $1, $2 … and on its standard input. */
export interface NodeScript {
  /** As a sentence that says what did not happen: "The backup volume can't be looked at". */
  readonly attempted: string
  readonly script: string
  readonly args?: readonly string[]
  readonly input?: string | Buffer
}

/**
 * Runs a bash script in a lane's node, past everything that a runbook does.
 *
 * @param node container name of the node
 * @returns what it printed
 * @throws LabBroken with what it said
 */
export async function inNode(
  node: string,
  { attempted, script, args = [], input = '' }: NodeScript,
): Promise<string> {
  const result = await docker(
    ['exec', '-i', node, 'bash', '-euo', 'pipefail', '-c', script, 'bash', ...args],
    {
      input,
    },
  )
  if (!result.failed) return String(result.stdout)
  throw new LabBroken('RBK_NODE', {
    attempted: `${attempted} in ${node}`,
    got: String(result.all),
    next: 'See whether the lab is whole:',
    repeat: 'npx runbook status',
  })
}
