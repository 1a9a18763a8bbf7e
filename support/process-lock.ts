import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hasCode, LabBroken } from './errors'
import { eventually } from './eventually'

/** How to wait for a lock. */
export interface Patience {
  /** For how long, in milliseconds. */
  readonly ms: number
  /** Told once, when there is someone to wait for. */
  readonly waiting: (line: string) => void
}

/** Something that one process has at a time. A lock whose process is gone (a killed run) is taken over. */
export class ProcessLock {
  /**
   * @param file where it's written who has it
   * @param what as messages call it: "the lab"
   */
  constructor(
    private readonly file: string,
    private readonly what: string,
  ) {}

  /** The process that has it; undefined when none does. */
  get holder(): number | undefined {
    return holderIn(this.file)
  }

  /**
   * Takes it for this process, which may have it already.
   *
   * @returns a function that gives it back
   * @throws LabBroken when another process still has it by then
   */
  async take(patience: Patience): Promise<() => void> {
    mkdirSync(dirname(this.file), { recursive: true })
    let told = false
    return eventually(
      { name: `${this.what}, held by another run,`, ms: patience.ms },
      async () => {
        if (this.isTaken()) return { found: () => this.giveBack() }
        const { holder } = this
        if (holder === undefined) return { seen: 'given back just now' }
        if (!told)
          patience.waiting(`another run (process ${holder}) has ${this.what}; waiting for it to finish`)
        told = true
        return { seen: `held by process ${holder}` }
      },
      { next: 'Wait for it, or end it, and start again:', repeat: 'npx runbook status' },
    ).catch((thrown: unknown) => {
      if (thrown instanceof LabBroken) throw thrown
      throw new LabBroken('RBK_LOCK', {
        attempted: `The lock ${this.file} can't be taken`,
        got: String(thrown),
      })
    })
  }

  /** Takes it, unless another process has it. */
  private isTaken(): boolean {
    const { holder } = this
    if (holder !== undefined) return holder === process.pid
    // Linked into its place whole: one that is half-written would look like one whose process is gone.
    const own = `${this.file}.${process.pid}`
    writeFileSync(own, `${process.pid} ${startOf(process.pid)}`)
    try {
      this.removeDead(`${own}.dead`)
      linkSync(own, this.file)
      return true
    } catch (thrown) {
      if (hasCode(thrown, 'EEXIST')) return false
      throw thrown
    } finally {
      rmSync(own, { force: true })
    }
  }

  /** Removes the lock of a process that is gone: first aside, since another process may have taken it over meanwhile. */
  private removeDead(aside: string): void {
    try {
      renameSync(this.file, aside)
    } catch (thrown) {
      if (hasCode(thrown, 'ENOENT')) return
      throw thrown
    }
    if (holderIn(aside) !== undefined) linkSync(aside, this.file)
    rmSync(aside)
  }

  private giveBack(): void {
    if (this.holder === process.pid) rmSync(this.file, { force: true })
  }
}

/** The process that a lock's file names, if it lives. */
function holderIn(file: string): number | undefined {
  try {
    const [pid = '', started] = readFileSync(file, 'utf8').split(' ')
    return startOf(Number(pid)) === started ? Number(pid) : undefined
  } catch {
    return undefined
  }
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
