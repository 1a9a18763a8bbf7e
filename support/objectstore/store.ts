import type { Client } from 'minio'
import type { LaneAddress } from '../lab/address'
import { type CallIam, iamOf } from './iam'

/** The object store of a lane, past every fault: S3 by MinIO's client, and IAM. */
export interface ObjectStore {
  readonly s3: Client
  readonly iam: CallIam
}

/**
 * Opens the object store of a lane. Nothing is connected yet, and nothing has to be closed.
 *
 * @param address where S3 and IAM are, and the platform engineer's key
 */
export async function openStore(address: Pick<LaneAddress, 's3' | 'iam'>): Promise<ObjectStore> {
  const { Client } = await import('minio')
  const url = new URL(address.s3.direct)
  const useSSL = url.protocol === 'https:'
  const s3 = new Client({
    endPoint: url.hostname,
    port: Number(url.port || (useSSL ? 443 : 80)),
    useSSL,
    region: address.s3.region,
    accessKey: address.s3.accessKey,
    secretKey: address.s3.secretKey,
  })
  return { s3, iam: iamOf(address) }
}
