import { join } from 'node:path'
import { LabBroken } from '../errors'
import { applyFile } from '../kubernetes/apply'
import { podReady } from '../kubernetes/waits'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'

/** The pod beside the archives in which an operator looks at them, and restores. */
export class BackupShell {
  constructor(private readonly scenario: Scenario) {}

  /**
   * The published manifest is applied and its pod is ready, by the harness: for procedures that open it in an earlier
   * scenario. It knows the secrets that were there when it was opened, as the published one does.
   */
  async open(): Promise<void> {
    const { kubernetes } = this.scenario.lane
    await applyFile(kubernetes, join(checkout, 'fixtures', 'nats', 'backup-shell.yaml'))
    const pod = { namespace, name: 'nats-backup-shell' }
    await podReady(kubernetes, pod, { name: 'the backup shell', ms: 30_000 }, LabBroken)
  }
}
