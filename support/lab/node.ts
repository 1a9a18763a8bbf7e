import { type ContainerScript, inContainer } from './in-container'

/** Where everything of the lab lies in a lane's node. */
export const nodeFolder = '/var/local/runbook-lab'

/**
 * Runs a bash script in a lane's node, past everything that a runbook does.
 *
 * @param node container name of the node
 * @returns what it printed
 * @throws LabBroken with what it said
 */
export function inNode(node: string, script: ContainerScript): Promise<string> {
  return inContainer(node, 'RBK_NODE', script)
}
