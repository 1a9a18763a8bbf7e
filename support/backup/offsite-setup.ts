import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import { baselineOf, deviations } from '../kubernetes/difference'
import { objectsIn } from '../kubernetes/objects'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import { difference } from '../objectstore/difference'
import { snapshot } from '../objectstore/snapshot'
import type { Scenario } from '../scenario'
import type { OffsiteCopies } from './offsite-copies'
import { type S3Key, S3User } from './s3-user'

/** What a platform engineer sets up for the off-site copy: users, policies, keys, secrets. */
export class OffsiteSetup {
  private replaced: S3Key | undefined

  constructor(
    private readonly scenario: Scenario,
    private readonly copies: OffsiteCopies,
  ) {}

  /** The last block runs again, and S3, IAM and the namespace are compared with before. @throws RunbookFailed with what pasting it again changed, in S3, IAM or the cluster */
  async sameBlockChangesNothing(): Promise<void> {
    const { store, kubernetes } = this.scenario.lane
    const [s3, objects] = await Promise.all([snapshot(store), objectsIn(kubernetes, namespace)])
    await this.scenario.operator.runAgain()
    const changes = [
      ...difference(s3, await snapshot(store)),
      ...deviations(baselineOf(objects), await objectsIn(kubernetes, namespace)).flatMap(
        ({ lines }) => lines,
      ),
    ]
    if (changes.length === 0) return
    throw new RunbookFailed('RBK_NOT_IDEMPOTENT', {
      attempted: 'Pasting the block a second time changed something',
      expected: 'nothing',
      got: changes.join('\n'),
    })
  }

  /** Whoever has no key neither reads nor lists. @throws RunbookFailed when S3 answers with something else than 403 */
  async strangersGetNothing(name: string): Promise<void> {
    const { store, address } = this.scenario.lane
    const key = 'nats/try-public'
    await store.s3.putObject(name, key, 'not public')
    const status = async (path: string) => `${path}: ${(await fetch(address.s3.direct + path)).status}`
    const got = await Promise.all([`/${name}/${key}`, `/${name}?list-type=2`, `/${name}?policy`].map(status))
    const versions = (await snapshot(store)).buckets[name]?.versions ?? []
    const ours = versions.filter((version) => version.key === key)
    await store.s3.removeObjects(
      name,
      ours.map(({ versionId }) => ({ name: key, versionId })),
    )
    const expected = got.map((line) => line.replace(/\d+$/, '403'))
    expectSame(`The bucket ${name} is open to the public`, expected, got, `curl -i $AWS_ENDPOINT_URL/${name}`)
  }

  /** The user has one policy, and it is the published one. @throws RunbookFailed when a user has another policy than the published one, or more than one */
  async policyIs(user: string, file: string): Promise<void> {
    const { users } = await snapshot(this.scenario.lane.store)
    const published: unknown = JSON.parse(readFileSync(join(checkout, file), 'utf8'))
    const attached = Object.values(users[user]?.policies ?? {})
    const repeat = `aws iam list-user-policies --user-name ${user}`
    expectSame(
      `The policy of the user ${user} is not ${file}`,
      [canonical(published)],
      attached.map(canonical),
      repeat,
    )
  }

  /** The key in the secret is the old one from now on: later steps try it beside the new one. */
  async rememberKey(secret: string): Promise<void> {
    this.replaced = await new S3User(this.scenario, secret).key()
  }

  /** Archives are listed with the key in the secret, and not with the one that was there before. @throws RunbookFailed when the key that was replaced still opens anything, or the new one doesn't */
  async oldKeyIsRefused(secret: string): Promise<void> {
    const user = new S3User(this.scenario, secret)
    if (!this.replaced) throw new Error('no key was remembered')
    const got = [await user.listsWith(this.replaced), await user.lists()]
    const repeat = 'aws iam list-access-keys --user-name nats-backup'
    expectSame('The old key must be refused, and the new one work', ['InvalidAccessKeyId', 'ok'], got, repeat)
  }

  /** Archives are listed with the key in the secret, and with the one that was there before. @throws RunbookFailed when the key that is to be replaced, or the one that replaces it, is refused */
  async bothKeysWork(secret: string): Promise<void> {
    const user = new S3User(this.scenario, secret)
    if (!this.replaced) throw new Error('no key was remembered')
    const now = await user.key()
    const got = [
      now.accessKey === this.replaced.accessKey ? 'same key' : 'another key',
      await user.listsWith(this.replaced),
      await user.lists(),
    ]
    const repeat = 'aws iam list-access-keys --user-name nats-backup'
    expectSame(
      'Old and new key must both work while the secret is switched',
      ['another key', 'ok', 'ok'],
      got,
      repeat,
    )
  }

  /** No IAM user is left, and the copy of each archive of the volume is. @throws RunbookFailed when a user is left, or a copy isn't */
  async onlyBucketIsLeft(): Promise<void> {
    const { users } = await snapshot(this.scenario.lane.store)
    expectSame('A user of S3 is left', [], Object.keys(users), 'aws iam list-users')
    await this.copies.holdsEveryArchive()
  }
}

/** A policy as a value that can be compared: one value and a list of one mean the same, and order means nothing. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(canonical).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    return all.length === 1 ? all[0] : all
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, canonical(inner)]),
  )
}
