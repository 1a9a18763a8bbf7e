import { LabBroken } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { BackupVolume } from '../lab/backup-volume'
import type { Toolbox } from '../shell/toolbox'
import { openShell } from './found-shell'
import { looked } from './look'

/** Where the published backup shell has the volume. */
const folder = '/backups'

/** The backup volume of a cluster whose nodes are out of reach: seen from the published backup shell, where nothing is written. */
export class ShellVolume extends BackupVolume {
  constructor(
    kubernetes: Kubernetes,
    private readonly toolbox: Toolbox,
  ) {
    super(kubernetes)
  }

  protected async path(): Promise<string> {
    return folder
  }

  protected async beside(script: string, argument: string): Promise<string> {
    await openShell(this.toolbox)
    const words = ['bash', '-euo', 'pipefail', '-c', script, 'bash', argument].map(quote).join(' ')
    const look = `kubectl exec -n kgents-agents nats-backup-shell -c shell -- ${words}`
    const { exitCode, printed, all } = await looked(this.toolbox, look)
    if (exitCode === 0) return printed
    throw new LabBroken('RBK_NO_SHELL', {
      attempted: "The backup volume can't be looked at from the backup shell",
      got: all.slice(-1500),
      repeat: 'kubectl describe pod nats-backup-shell -n kgents-agents',
    })
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
