import { LabBroken } from '../errors'
import type { LaneAddress } from './address'
import { silentParts } from './alive'
import { docker } from './docker'
import { label } from './home'
import type { Part } from './made'

/** What is dead says so at once; what is only slow, on a machine that has too much to do, is to be judged. */
const patienceMs = 15_000

/**
 * Whether a lane died under a scenario that went wrong on it. What is operated is left out: a runbook that stops NATS
 * is to be judged. All else is out of its reach.
 *
 * @param silenced parts that a fault keeps from answering, and that are to be judged as well
 * @returns what to tell in the place of what the scenario said; undefined when the lane is whole
 */
export async function laneDied(
  address: LaneAddress,
  silenced: readonly Part[] = [],
): Promise<LabBroken | undefined> {
  const silent = (await silentParts(address, patienceMs)).filter(
    ({ operated, part }) => !operated && !silenced.includes(part),
  )
  if (silent.length === 0) return undefined
  const list = new Intl.ListFormat('en-GB').format(silent.map(({ what }) => what))
  return new LabBroken('RBK_LANE_DIED', {
    attempted: `Lane ${address.lane} died under this scenario: ${list} no longer ${silent.length === 1 ? 'answers' : 'answer'}`,
    expected: 'every part of the lab to answer until the run ends',
    lastSeen: await containers(address),
    next: 'Nothing is wrong with the runbook by this. The next start makes anew what died and keeps the rest:',
    repeat: 'npx runbook up',
  })
}

/** The lane's containers that aren't running, as the engine lists them. */
async function containers({ network, cluster }: LaneAddress): Promise<string> {
  const format = '{{.Names}} ({{.Image}}): {{.Status}}'
  const lists = await Promise.all(
    [`label=${label}=${network}`, `name=^${cluster.node}$`].map((filter) =>
      docker(['ps', '--all', '--filter', filter, '--format', format]),
    ),
  )
  const lines = lists.flatMap(({ stdout }) => String(stdout).split('\n')).filter(Boolean)
  const stopped = lines.filter((line) => !/: Up /.test(line))
  return (stopped.length > 0 ? stopped : ['every container that is left says that it runs']).join('\n')
}
