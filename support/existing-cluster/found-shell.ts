import { BackupShell } from '../backup/backup-shell'
import { LabBroken } from '../errors'
import type { Toolbox } from '../shell/toolbox'
import { looked } from './look'

/**
 * As its page opens it: who pastes that later finds a pod that kubectl knows. One that is there is left as it is, but one that
 * has ended by its deadline would be in the way.
 */
const opening = `set -e
kubectl delete pod -n kgents-agents --ignore-not-found \
  --field-selector metadata.name=nats-backup-shell,status.phase!=Running,status.phase!=Pending
kubectl get pod nats-backup-shell -n kgents-agents >/dev/null 2>&1 || kubectl apply -f fixtures/nats/backup-shell.yaml
kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s`

/** The backup shell of an existing cluster: somebody may be at work in it. */
export class FoundShell extends BackupShell {
  override async open(): Promise<void> {
    await openShell(this.scenario.lane.toolbox)
  }
}

/** Opens the published backup shell where there is none. @throws LabBroken when it isn't ready within a minute */
export async function openShell(toolbox: Toolbox): Promise<void> {
  const { exitCode, all } = await looked(toolbox, opening)
  if (exitCode === 0) return
  throw new LabBroken('RBK_NO_SHELL', {
    attempted: 'The backup shell is not there to be used',
    got: all.slice(-1500),
    repeat: 'kubectl describe pod nats-backup-shell -n kgents-agents',
  })
}
