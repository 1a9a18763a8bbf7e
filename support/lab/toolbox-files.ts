import type { BaselinePart } from './baseline'
import { inContainer } from './in-container'

/** What lies in an operator's home from the beginning, and what kubectl, nats and the shell remember there between commands. */
const remembered = ['.bash_logout', '.bashrc', '.profile', '.bash_history', '.kube', '.local', '.cache']

/**
 * Files that blocks have written: a block reads what another one of its scenario wrote (`/tmp/added`), and must never find
 * what a scenario before it, or last week's run, has left under the same name.
 *
 * @param container of the toolbox
 */
export function toolboxFiles(container: string): BaselinePart {
  const kept = remembered.map((name) => `! -name ${name}`).join(' ')
  const find = (action: string) =>
    `find /tmp -mindepth 1 ${action}; find "$HOME" -mindepth 1 -maxdepth 1 ${kept} ${action}`
  const attempted = 'What earlier blocks left in the toolbox could not be looked at, or removed,'
  const run = (script: string) => inContainer(container, 'RBK_TOOLBOX_FILES', { attempted, script })
  return {
    name: 'toolbox',
    difference: async () =>
      (await run(find('-print')))
        .split('\n')
        .filter(Boolean)
        .map((path) => `toolbox: ${path}`),
    putBack: async () => void (await run(find("-prune -exec rm -rf '{}' +"))),
  }
}
