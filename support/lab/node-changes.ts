import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inNode } from './node'

/** Something done to a node that no object of Kubernetes tells of, and how it is undone. */
export interface NodeChange {
  /** A word, for the file that notes it: `partition`. */
  readonly name: string
  readonly script: string
  /** Undoes it, whether all of it was done, a part, or nothing. */
  readonly undo: string
}

/**
 * What faults have changed in a lane's node: mounts, packet filters, processes. Before a change is made, a file in the
 * lane's folder notes how it is undone, so that the next start undoes it after a run that was killed. To look into the
 * node before every scenario would cost 0.1 s each time; a folder without a file costs nothing.
 */
export class NodeChanges {
  private readonly folder: string

  /** @param laneFolder private folder of the lane */
  constructor(
    private readonly node: string,
    laneFolder: string,
  ) {
    this.folder = join(laneFolder, 'undo')
  }

  /** @returns what the script printed @throws LabBroken when it fails */
  async make({ name, script, undo }: NodeChange): Promise<string> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    writeFileSync(this.file(name), undo)
    return this.run(`${name} could not be brought about`, script)
  }

  /** Undoes a change, made or not. @throws LabBroken when that fails; the note stays then */
  async undo(name: string): Promise<void> {
    if (!this.noted().includes(name)) return
    await this.run(`${name} could not be undone`, readFileSync(this.file(name), 'utf8'))
    rmSync(this.file(name))
  }

  /** Changes that are noted and not undone, a line each. */
  difference(): string[] {
    return this.noted().map((name) => `node: ${name} was not undone`)
  }

  async putBack(): Promise<void> {
    for (const name of this.noted()) await this.undo(name)
  }

  private noted(): string[] {
    try {
      return readdirSync(this.folder)
    } catch {
      return []
    }
  }

  private file(name: string): string {
    return join(this.folder, name)
  }

  private run(what: string, script: string): Promise<string> {
    return inNode(this.node, { attempted: `The change ${what}`, script })
  }
}
