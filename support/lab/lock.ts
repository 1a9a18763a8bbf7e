import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabBroken } from '../errors'
import { eventually } from '../eventually'
import { paths } from './home'

const file = join(paths.sessions, 'lock')

/**
 * Takes the lab for this process alone: two runs in one lab would put back each other's state.
 * A lock whose process is gone (a killed run) is taken over.
 *
 * @param patienceMs how long to wait for a run that holds it, in milliseconds
 * @param waiting    told once, when there is someone to wait for
 * @returns a function that gives it back
 * @throws LabBroken when another process still holds it by then
 */
export async function lockLab(patienceMs: number, waiting: (line: string) => void): Promise<() => void> {
  mkdirSync(paths.sessions, { recursive: true, mode: 0o700 })
  let told = false
  return eventually(
    { name: 'the lab, held by another run,', ms: patienceMs },
    async () => {
      const holder = take()
      if (holder === undefined) return { found: release }
      if (!told) waiting(`another run (process ${holder}) has the lab; waiting for it to finish`)
      told = true
      return { seen: `held by process ${holder}` }
    },
    { next: 'Wait for it, or end it, and start again:', repeat: 'npx runbook status' },
  ).catch((thrown: unknown) => {
    if (thrown instanceof LabBroken) throw thrown
    throw new LabBroken('RBK_LOCK', {
      attempted: `The lab's lock ${file} can't be taken`,
      got: String(thrown),
    })
  })
}

/** The process that holds the lab; undefined when none does. */
export function labHolder(): number | undefined {
  try {
    const [pid = '', started] = readFileSync(file, 'utf8').split(' ')
    return startOf(Number(pid)) === started ? Number(pid) : undefined
  } catch {
    return undefined
  }
}

/** Takes the lock, or tells who holds it. */
function take(): number | undefined {
  const holder = labHolder()
  if (holder !== undefined && holder !== process.pid) return holder
  rmSync(file, { force: true })
  try {
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' })
  } catch {
    return labHolder()
  }
  return undefined
}

function release(): void {
  if (labHolder() === process.pid) rmSync(file, { force: true })
}

/** When a process started, as the kernel counts it: a process id alone may be somebody else's by now. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20]
  } catch {
    // No /proc (macOS): a process that can be signalled is alive.
    try {
      process.kill(pid, 0)
      return '0'
    } catch {
      return undefined
    }
  }
}
