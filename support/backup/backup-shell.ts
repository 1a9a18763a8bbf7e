import { join } from 'node:path'
import { LabBroken } from '../errors'
import { expectSame } from '../expect-same'
import { applyFile } from '../kubernetes/apply'
import { podReady } from '../kubernetes/waits'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { S3User } from './s3-user'

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

  /** The key in the shell's environment is the one in the secret. @throws RunbookFailed when the shell would use another S3 key than the one in the secret */
  async usesKeyOf(secret: string): Promise<void> {
    const look = `kubectl exec -n ${namespace} nats-backup-shell -- printenv AWS_ACCESS_KEY_ID`
    const [{ output }, { accessKey }] = await Promise.all([
      this.scenario.probe(look),
      new S3User(this.scenario, secret).key(),
    ])
    expectSame(
      `The backup shell does not use the key in the secret ${secret}`,
      accessKey,
      output.trim(),
      look,
    )
  }
}
