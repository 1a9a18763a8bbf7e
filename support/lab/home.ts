import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { HarnessMisused } from '../errors'

/** The checkout: where package.json, features/ and fixtures/ are. */
export const checkout = resolve(__dirname, '..', '..')

/**
 * The one folder outside the checkout in which everything of the lab lies: the engine's data,
 * built binaries, build logs, session files. Shared by all clones on the machine; removing it
 * costs only time. `RUNBOOK_HOME` moves it.
 */
export const home = resolve(
  process.env.RUNBOOK_HOME ??
    (process.getuid?.() === 0 ? '/var/lib/runbook-lab' : join(homedir(), '.local', 'share', 'runbook-lab')),
)

/**
 * Which of the machine's labs this is: `RUNBOOK_LAB=alice` is a lab of its own beside the others, with its own lanes,
 * session and lock; the engine, the images and the programs are shared. The one without a name is everyone's.
 */
export const labName = labNamed(process.env.RUNBOOK_LAB ?? '')

export const paths = {
  engine: join(home, 'engine'),
  binaries: join(home, 'bin'),
  builds: join(home, 'builds'),
  sessions: join(home, labName ? `sessions-${labName}` : 'sessions'),
  catalogue: join(checkout, 'fixtures', 'images', 'catalogue.yaml'),
  reports: join(checkout, 'reports'),
} as const

/** The label on every container, network, volume and image that the lab makes; its value is what it is for. */
export const label = 'runbook-lab'

/** What a lane's network and containers are labelled with, and its cluster is called. */
export function laneName(lane: number): string {
  return [label, ...(labName ? [labName] : []), lane].join('-')
}

/** What the toolbox for an existing cluster is labelled with: this lab's, and of none of its lanes. */
export const elsewhere = [label, ...(labName ? [labName] : []), 'elsewhere'].join('-')

/** Whether something labelled so belongs to this lab: to a lane of it, or to builds and tests, which are everyone's. */
export function isOurs(labelled: string): boolean {
  if (!labName && ['build', 'test'].includes(labelled)) return true
  if (labelled === elsewhere) return true
  const prefix = laneName(0).slice(0, -1)
  return labelled.startsWith(prefix) && /^\d+$/.test(labelled.slice(prefix.length))
}

function labNamed(name: string): string {
  if (name === '' || /^[a-z][a-z0-9]{0,19}$/.test(name)) return name
  throw new HarnessMisused('RBK_LAB_NAME', {
    attempted: `RUNBOOK_LAB is "${name}", which can't be part of a cluster's name`,
    expected: 'up to 20 lower-case letters and digits, a letter first',
    next: 'Choose another, or use the lab that has no name:',
    repeat: 'unset RUNBOOK_LAB',
  })
}
