import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../lab/home'
import { type LocalStore, startLocalStore } from '../objectstore/local-store'
import { type ObjectStore, openStore } from '../objectstore/store'
import { BackupScripts, usersConfig } from './backup-scripts'
import { JetStream } from './connection'
import { LocalServers } from './local-servers'

export const bucket = 'kgents-dr-backups'

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
    const servers = closing.use(await LocalServers.start(1, usersConfig()))
    await using jetstream = await JetStream.open(servers.site)
    await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
    await jetstream.client.publish('agentese.x', 'message')
    const local = closing.use(await startLocalStore())
    const store = await openStore(local.address)
    await store.s3.makeBucket(bucket)
    const settings = {
      AWS_ENDPOINT_URL: local.address.s3.direct,
      ...(await userOf(store, 'nats-backup', policy)),
    }
    const scripts = closing.use(await BackupScripts.open(servers.site.server, settings))
    return new ScriptsAtStore(local, store, scripts)
  }

  /** The key of a new user that has one policy, and nothing else, as settings of a script. */
  user(name: string, document: string) {
    return userOf(this.store, name, document)
  }

  /** The key of whoever may do anything, as settings of a script. */
  get admin() {
    const { accessKey, secretKey } = this.local.address.s3
    return { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey }
  }

  /** Keys of the objects in the bucket. */
  async keys(): Promise<string[]> {
    const found: string[] = []
    for await (const item of this.store.s3.listObjectsV2(bucket, '', true)) found.push(item.name)
    return found
  }
}

async function userOf({ iam }: ObjectStore, name: string, document: string) {
  await iam('CreateUser', { UserName: name })
  await iam('PutUserPolicy', { UserName: name, PolicyName: 'backup', PolicyDocument: document })
  const { AccessKey } = (await iam('CreateAccessKey', { UserName: name })) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string }
  }
  return { AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey }
}
