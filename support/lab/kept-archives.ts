import { createHash } from 'node:crypto'
import { LabBroken } from '../errors'
import { accountState } from '../jetstream/account'
import type { JetStream } from '../jetstream/connection'
import { keptFolder, type Lookout } from './lookout'
import { inNode } from './node'

/** An archive that is older than this is made anew: whoever looks at the newest one is to find it fresh. */
const freshHours = 12

/**
 * The archive of the data as it is, made once by the real script and kept aside in the node: a scenario that begins
 * after a backup finds it on its volume without waiting for a Job (docs/decisions/0054). It is good for as long as
 * no stream and no consumer has changed.
 */
export class KeptArchives {
  constructor(
    private readonly node: string,
    private readonly lookout: Lookout,
    private readonly operated: JetStream,
    /** Hash of the recipe of the backup's image: another script writes another archive. */
    private readonly recipe: string,
  ) {}

  /**
   * Copies the archive into a folder of the node.
   *
   * @param names from its own name, which tells when it was made, those that it is to have there
   * @throws LabBroken when no backup can be made
   */
  async copyTo(folder: string, names: (made: string) => readonly string[]): Promise<readonly string[]> {
    const kept = `${keptFolder}/${await this.key()}`
    const made = (await this.fresh(kept)) ?? (await this.make(kept))
    const wanted = names(made)
    await inNode(this.node, {
      attempted: 'The archive that is kept aside could not be put on the backup volume',
      // As the script leaves it: its owner, and the time that its name tells.
      script: `from=$1 to=$2; shift 2
        for name; do
          cp --reflink=auto "$from" "$to/.putting" && chown 1000:1000 "$to/.putting"
          stamp=\${name#nats-}
          touch --date "\${stamp:0:4}-\${stamp:4:2}-\${stamp:6:2} \${stamp:9:2}:\${stamp:11:2}:\${stamp:13:2} UTC" "$to/.putting"
          mv "$to/.putting" "$to/$name"
        done`,
      args: [`${kept}/${made}`, folder, ...wanted],
    })
    return wanted
  }

  /** What the archive is of: all streams and consumers, and the script that takes them. */
  private async key(): Promise<string> {
    const state = JSON.stringify(await accountState(this.operated))
    return createHash('sha256').update(`${this.recipe} ${state}`).digest('hex').slice(0, 24)
  }

  private async fresh(kept: string): Promise<string | undefined> {
    const found = await inNode(this.node, {
      attempted: 'The archives that are kept aside can’t be listed',
      script: `find "$1" -name 'nats-*Z.tar.gz' -mmin -${freshHours * 60} -printf '%f\\n' 2>/dev/null | sort | tail --lines=1 || true`,
      args: [kept],
    })
    return found.trim() || undefined
  }

  private async make(kept: string): Promise<string> {
    const { exitCode, output } = await this.lookout.run(
      // Two are enough: a scenario that adds to the data and the data itself.
      `ls --directory -t ${keptFolder}/* 2>/dev/null | tail --lines=+3 | xargs --no-run-if-empty rm --recursive
       rm --recursive --force ${kept} && mkdir ${kept} && BACKUP_DIR=${kept} EXPECT_STREAMS=AGENTESE backup`,
    )
    const made = exitCode === 0 ? await this.fresh(kept) : undefined
    if (made) return made
    throw new LabBroken('RBK_NO_BACKUP', {
      attempted: 'The backup with which this scenario begins could not be made',
      got: output.slice(-1500),
      next: 'See whether NATS is whole, and whether `backup` works:',
      repeat: 'npx runbook status',
    })
  }
}
