import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Exec } from './exec'

const supervisor = readFileSync(join(__dirname, 'supervise.pl'), 'utf8')

/**
 * The container in which command blocks run. It keeps one supervisor started and waiting, because
 * the engine takes 70-100 ms to start a process and a supervisor that waits takes 10.
 */
export class Toolbox {
  private waiting: Promise<Exec> | undefined

  /** @param container id or name; needs bash and perl (Debian's base has both) and an x86-64 or arm64 kernel */
  constructor(readonly container: string) {}

  /** Starts a supervisor for the next block, where none waits. A failure shows when it's needed. */
  prepare(): void {
    this.waiting ??= this.start()
    this.waiting.catch(() => {})
  }

  /**
   * @returns a supervisor of its own for one block
   * @throws LabBroken when the container is gone or isn't running
   */
  async supervisor(): Promise<Exec> {
    const prepared = this.waiting
    this.waiting = undefined
    const exec = await prepared?.catch(() => undefined)
    return exec?.alive ? exec : this.start()
  }

  /** Gives up the supervisor that waits; blocks that run go on. */
  [Symbol.dispose](): void {
    this.waiting?.then((exec) => exec[Symbol.dispose]()).catch(() => {})
    this.waiting = undefined
  }

  private start(): Promise<Exec> {
    return Exec.start(this.container, ['perl', '-e', supervisor])
  }
}
