import { join } from 'node:path'
import { LabBroken, RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import { applyFile } from '../kubernetes/apply'
import { podReady } from '../kubernetes/waits'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { S3User } from './s3-user'

/** The pod beside the archives in which an operator looks at them, and restores. */
export class BackupShell {
  constructor(protected readonly scenario: Scenario) {}

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

  /** The backup shell was opened, and has ended by its deadline: its pod is still there. @throws LabBroken when it goes on */
  async end(): Promise<void> {
    await this.open()
    const end = `kubectl patch pod nats-backup-shell -n ${namespace} --patch '{"spec": {"activeDeadlineSeconds": 1}}' &&
      kubectl wait --for=jsonpath='{.status.phase}'=Failed pod/nats-backup-shell -n ${namespace} --timeout=15s`
    const { exitCode, output } = await this.scenario.probe(end)
    if (exitCode === 0) return
    throw new LabBroken('RBK_SHELL_NOT_ENDED', {
      attempted: 'The backup shell did not end by its deadline',
      got: output,
      repeat: `kubectl describe pod/nats-backup-shell -n ${namespace}`,
    })
  }

  /** What was lost is restored from the newest archive: all of it, or one stream. @throws RunbookFailed when it isn't */
  async restore(stream?: string): Promise<void> {
    const only = stream === undefined ? '' : ` --stream ${stream}`
    const restore = `kubectl exec -n ${namespace} nats-backup-shell -- restore${only}`
    const { exitCode, output } = await this.scenario.probe(restore)
    if (exitCode === 0) return
    throw new RunbookFailed('RBK_NOT_RESTORED', {
      attempted: 'The restore before this procedure failed',
      got: output,
      repeat: restore,
    })
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
