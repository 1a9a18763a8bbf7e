import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ProcessLock } from '../process-lock'
import { paths } from './home'

const lock = new ProcessLock(join(paths.sessions, 'lock'), 'the lab')

/**
 * Takes the lab for this process alone: two runs in one lab would put back each other's state.
 *
 * @param patienceMs how long to wait for a run that holds it, in milliseconds
 * @param waiting    told once, when there is someone to wait for
 * @returns a function that gives it back
 * @throws LabBroken when another process still holds it by then
 */
export async function lockLab(patienceMs: number, waiting: (line: string) => void): Promise<() => void> {
  // Sessions hold passwords.
  mkdirSync(paths.sessions, { recursive: true, mode: 0o700 })
  return lock.take({ ms: patienceMs, waiting })
}

/** The process that holds the lab; undefined when none does. */
export function labHolder(): number | undefined {
  return lock.holder
}
