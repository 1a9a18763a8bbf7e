import { answerOf, bucket, listed, prefix, type S3Key, S3User } from '../backup/s3-user'
import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import type { Scenario } from '../scenario'

/** What the thief adds: by its name it's the newest archive, for a long time. */
const added = `${prefix}nats-20991231T235959Z.tar.gz`

/** Somebody else has the key of the backups, and uses it. */
export class StolenKey {
  private key: S3Key | undefined

  constructor(private readonly scenario: Scenario) {}

  /**
   * The thief writes over every archive in the bucket, and adds one that looks like the newest, which the key allows; and
   * tries to remove archives, their versions, and what keeps those.
   *
   * @throws RunbookFailed when anything can be removed
   */
  async isUsed(secret: string): Promise<void> {
    const user = new S3User(this.scenario, secret)
    // The secret may hold another one by the time that it's tried again.
    this.key = await user.key()
    const client = await user.clientWith(this.key)
    const names = await listed(client, bucket, prefix)
    const versions = await Promise.all(
      names.map(async (name) => (await client.statObject(bucket, name)).versionId),
    )
    for (const name of names) await client.putObject(bucket, name, 'nothing is left of your archive')
    await client.putObject(bucket, added, 'the newest of them all')
    const attempts: ReadonlyArray<readonly [string, () => Promise<unknown>]> = [
      ...names.map((name, index): readonly [string, () => Promise<unknown>] => {
        const versionId = versions[index] ?? ''
        return [`delete a version of ${name}`, () => client.removeObject(bucket, name, { versionId })]
      }),
      ...names.map((name): readonly [string, () => Promise<unknown>] => [
        `delete ${name}`,
        () => client.removeObject(bucket, name),
      ]),
      ['suspend versioning', () => client.setBucketVersioning(bucket, { Status: 'Suspended' })],
      ['remove the lifecycle', () => client.removeBucketLifecycle(bucket)],
    ]
    const answers = await Promise.all(
      attempts.map(async ([what, call]) => `${what}: ${await answerOf(call)}`),
    )
    const allowed = answers.filter((answer) => !answer.endsWith(': AccessDenied'))
    if (names.length > 0 && allowed.length === 0) return
    throw new RunbookFailed('RBK_STOLEN_KEY', {
      attempted: 'A stolen key of the backup can destroy what is in the bucket',
      expected: 'AccessDenied for each attempt, and at least one archive to try it on',
      got: allowed.join('\n') || 'no archive is in the bucket',
      next: 'Compare the policy of the user with fixtures/nats/s3/backup-policy.json.',
    })
  }

  /** The key that the thief has is refused, whatever the secret holds now. @throws RunbookFailed when it still lists archives */
  async isRefused(secret: string): Promise<void> {
    if (!this.key) throw new Error('no key was stolen')
    const got = await new S3User(this.scenario, secret).listsWith(this.key)
    const isRefused = ['InvalidAccessKeyId', 'AccessDenied'].includes(got)
    expectSame(
      'The stolen key still works',
      'refused',
      isRefused ? 'refused' : got,
      'aws iam list-access-keys --user-name nats-backup',
    )
  }
}
