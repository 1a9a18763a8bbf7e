import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bucket, listed } from '../backup/s3-user'
import { checkout } from '../lab/home'
import { type LocalStore, startLocalStore } from '../objectstore/local-store'
import { type ObjectStore, openStore } from '../objectstore/store'
import { type AwsKey, makeUser } from '../objectstore/user'
import type { BackupScripts } from './backup-scripts'
import { scriptsAtServers } from './scripts-at-servers'

/** What a backup user may do, as published. */
export const policy = readFileSync(join(checkout, 'fixtures', 'nats', 's3', 'backup-policy.json'), 'utf8')

/** A store with the bucket of the backups, and the scripts with the key of a backup user there. */
export class ScriptsAtStore {
  private constructor(
    readonly local: LocalStore,
    readonly store: ObjectStore,
    readonly scripts: BackupScripts,
  ) {}

  /** Starts the store, and one NATS server with one message in the stream AGENTESE. */
  static async open(closing: AsyncDisposableStack): Promise<ScriptsAtStore> {
    const local = closing.use(await startLocalStore())
    const store = await openStore(local.address)
    await store.s3.makeBucket(bucket)
    const key = await makeUser(store, 'nats-backup', 'backup', policy)
    const settings = { AWS_ENDPOINT_URL: local.address.s3.direct, ...key }
    const { jetstream, scripts } = await scriptsAtServers(closing, 1, settings)
    await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
    await jetstream.client.publish('agentese.x', 'message')
    return new ScriptsAtStore(local, store, scripts)
  }

  /** The key of a new user that has one policy, and nothing else, as settings of a script. */
  user(name: string, document: string): Promise<AwsKey> {
    return makeUser(this.store, name, 'backup', document)
  }

  /** The key of whoever may do anything, as settings of a script. */
  get admin(): AwsKey {
    const { accessKey, secretKey } = this.local.address.s3
    return { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey }
  }

  /** Keys of the objects in the bucket. */
  keys(): Promise<string[]> {
    return listed(this.store.s3, bucket, '')
  }
}
