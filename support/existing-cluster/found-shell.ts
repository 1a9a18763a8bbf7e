import { join } from 'node:path'
import { BackupShell } from '../backup/backup-shell'
import { LabBroken } from '../errors'
import { applyFile } from '../kubernetes/apply'
import { type Kubernetes, Refused } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { podReady } from '../kubernetes/waits'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'

const pod = { namespace, name: 'nats-backup-shell' }

/** The backup shell of an existing cluster: somebody may be at work in it, so one that is there is left as it is. */
export class FoundShell extends BackupShell {
  override async open(): Promise<void> {
    await openShell(this.scenario.lane.kubernetes)
  }
}

/** Opens the published backup shell where there is none. @throws LabBroken when it isn't ready within a minute */
export async function openShell(kubernetes: Kubernetes): Promise<void> {
  const path = pathOf(kindOf('v1', 'Pod'), namespace, pod.name)
  await kubernetes.ask('GET', path).catch(async (error: unknown) => {
    if (!(error instanceof Refused) || error.status !== 404) throw error
    await applyFile(kubernetes, join(checkout, 'fixtures', 'nats', 'backup-shell.yaml'))
  })
  await podReady(kubernetes, pod, { name: 'the backup shell', ms: 60_000 }, LabBroken)
}
