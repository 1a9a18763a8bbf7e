import { join } from 'node:path'
import { paths } from '../lab/home'
import { ProcessLock } from '../process-lock'

const lock = new ProcessLock(join(paths.reports, '.lock'), 'reports/ of this checkout')

/** How long a run waits for another one in the same checkout, in milliseconds. */
const patienceMs = 30 * 60_000

/**
 * Takes reports/ for this process, to its end: of two runs in one checkout the later one would write its messages over those
 * of the one that goes on, and a failure would be lost. Taken before anything there is read (`--rerun`) or written.
 *
 * @param waiting told once, when another run has it
 * @throws LabBroken when it still has it after half an hour
 */
export async function lockReports(waiting: (line: string) => void): Promise<void> {
  const release = await lock.take({ ms: patienceMs, waiting })
  process.once('exit', release)
}
