import type { Client } from 'minio'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import { openStore } from '../objectstore/store'
import type { Scenario } from '../scenario'

export const bucket = 'kgents-dr-backups'
export const prefix = 'nats/'

/** A key of S3, as a secret in the cluster holds it. */
export interface S3Key {
  readonly accessKey: string
  readonly secretKey: string
}

/** Whoever has the keys that a secret holds: what S3 lets them do is tried with these keys, past every fault. */
export class S3User {
  /** @param secret name of the secret: `nats-backup-s3` or `nats-restore-s3` */
  constructor(
    private readonly scenario: Scenario,
    readonly secret: string,
  ) {}

  /** What the secret holds now. @throws Refused when it isn't there */
  async key(): Promise<S3Key> {
    const path = pathOf(kindOf('v1', 'Secret'), namespace, this.secret)
    const { data } = await this.scenario.lane.kubernetes.ask<Resource & { data: Record<string, string> }>(
      'GET',
      path,
    )
    const plain = (name: string) => Buffer.from(data[name] ?? '', 'base64').toString()
    return { accessKey: plain('AWS_ACCESS_KEY_ID'), secretKey: plain('AWS_SECRET_ACCESS_KEY') }
  }

  async client(): Promise<Client> {
    return this.clientWith(await this.key())
  }

  async clientWith(key: S3Key): Promise<Client> {
    const { s3, iam } = this.scenario.lane.address
    return (await openStore({ iam, s3: { ...s3, ...key } })).s3
  }

  /** What S3 answers to a listing of the archives: "ok", or the code of its error. */
  async lists(): Promise<string> {
    return this.listsWith(await this.key())
  }

  async listsWith(key: S3Key): Promise<string> {
    const client = await this.clientWith(key)
    return answerOf(() => listed(client, bucket, prefix))
  }
}

/** Names of the objects under a prefix, as the client is shown them. */
export async function listed(client: Client, of: string, under: string): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of client.listObjectsV2(of, under, true)) if (name) names.push(name)
  return names
}

/** Opens an object for reading, and closes it again. */
export async function read(client: Client, of: string, key: string): Promise<void> {
  const content = await client.getObject(of, key)
  content.destroy()
}

/** "ok", or the code of the error that S3 answered with. */
export async function answerOf(call: () => Promise<unknown>): Promise<string> {
  return call().then(
    () => 'ok',
    (refused: { code?: string; message?: string }) => refused.code ?? refused.message ?? String(refused),
  )
}
