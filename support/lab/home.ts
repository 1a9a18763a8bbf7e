import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

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

export const paths = {
  engine: join(home, 'engine'),
  binaries: join(home, 'bin'),
  builds: join(home, 'builds'),
  sessions: join(home, 'sessions'),
  catalogue: join(checkout, 'fixtures', 'images', 'catalogue.yaml'),
  reports: join(checkout, 'reports'),
} as const

/** The label on every container, network, volume and image that the lab makes; its value is what it is for. */
export const label = 'runbook-lab'
