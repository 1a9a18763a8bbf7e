import { LabBroken } from '../errors'
import { eventually } from '../eventually'
import { docker } from './docker'
import { isOurs, label } from './home'

/** kind's own label on its nodes: the name of the cluster. */
export const kindLabel = 'io.x-k8s.kind.cluster'

/** A container of the lab, as the engine lists it. */
export interface LabContainer {
  readonly id: string
  readonly name: string
  readonly lane: string
  readonly running: boolean
}

/** Every container that this lab ever started on this engine and that is still there, by label. */
export async function labContainers(): Promise<LabContainer[]> {
  const format = `{{.ID}}\t{{.Names}}\t{{.Label "${label}"}}\t{{.Label "${kindLabel}"}}\t{{.State}}`
  const lists = await Promise.all(
    [`label=${label}`, `label=${kindLabel}`].map((filter) =>
      docker(['ps', '--all', '--no-trunc', '--filter', filter, '--format', format]),
    ),
  )
  // A node is in both lists.
  const lines = new Set(lists.flatMap((list) => String(list.stdout).split('\n').filter(Boolean)))
  return [...lines]
    .map((line) => {
      const [id = '', name = '', lane = '', cluster = '', state = ''] = line.split('\t')
      // A node has our label too, but from its image.
      return { id, name, lane: cluster || lane, running: state === 'running' }
    })
    .filter(({ lane }) => isOurs(lane))
}

/**
 * Removes the containers that carry all of these labels (`name=value`), with their volumes.
 *
 * @throws LabBroken with what the engine said, when one is still there after a minute
 */
export async function removeContainers(...labels: readonly string[]): Promise<void> {
  const filters = labels.flatMap((each) => ['--filter', `label=${each}`])
  const found = await docker(['ps', '--all', '--quiet', '--no-trunc', ...filters])
  await untilGone(String(found.stdout).split('\n').filter(Boolean))
}

/**
 * Removes what a lab left behind: containers with their volumes, then networks.
 *
 * @param keep tells which containers are still in use
 * @returns what was removed, for a person
 * @throws LabBroken with what the engine said, when something is still there after a minute
 */
export async function removeLeftovers(
  keep: (container: LabContainer) => boolean = () => false,
): Promise<string[]> {
  const all = await labContainers()
  const gone = all.filter((container) => !keep(container))
  await untilGone(gone.map(({ id }) => id))
  const kept = new Set(all.filter(keep).map(({ lane }) => lane))
  const networks = await docker(['network', 'ls', '--filter', `label=${label}`, '--format', '{{.Name}}'])
  const goneNetworks = String(networks.stdout)
    .split('\n')
    .filter((name) => isOurs(name) && !kept.has(name))
  await removeNetworks(goneNetworks)
  return [...gone.map(({ name }) => `container ${name}`), ...goneNetworks.map((name) => `network ${name}`)]
}

/**
 * Removes containers until the engine lists none of them. One that a killed start had asked for is listed while the
 * engine still makes it, for seconds where it has a volume to fill; removing it changes nothing then, and isn't refused.
 */
async function untilGone(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const command = ['rm', '--force', '--volumes', ...ids]
  await eventually(
    { name: 'The removal of what a lab left behind', ms: 60_000 },
    async () => {
      const removed = await docker(command)
      const listed = await docker(['ps', '--all', '--quiet', '--no-trunc'])
      if (listed.failed) return { seen: String(listed.all) }
      const left = ids.filter((id) => String(listed.stdout).includes(id))
      return left.length === 0 ? { found: undefined } : { seen: String(removed.all) }
    },
    { repeat: ['docker', ...command].join(' ') },
  )
}

async function removeNetworks(names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const command = ['network', 'rm', ...names]
  const removed = await docker(command)
  if (!removed.failed) return
  throw new LabBroken('RBK_LEFTOVERS', {
    attempted: 'What a lab left behind could not be removed',
    got: String(removed.all),
    repeat: ['docker', ...command].join(' '),
  })
}
