import type { LaneAddress } from '../lab/address'

/** A PUT of one object, signed, for whoever has the object's bytes. */
export interface SignedPut {
  readonly url: string
  /** `Name: value`, one a header. */
  readonly headers: readonly string[]
}

/**
 * Signs a PUT with the platform engineer's key, as `backup` uploads an archive: S3 checks and keeps its sha256.
 *
 * @param host   of the store, as whoever sends it knows it
 * @param sha256 of the content, in hexadecimal
 */
export async function signedPut(
  s3: LaneAddress['s3'],
  host: string,
  path: string,
  sha256: string,
): Promise<SignedPut> {
  const { default: aws4 } = await import('aws4')
  const { headers = {} } = aws4.sign(
    {
      service: 's3',
      region: s3.region,
      method: 'PUT',
      host,
      path,
      headers: {
        'Content-Type': 'application/gzip',
        'X-Amz-Content-Sha256': sha256,
        'X-Amz-Checksum-Sha256': Buffer.from(sha256, 'hex').toString('base64'),
      },
    },
    { accessKeyId: s3.accessKey, secretAccessKey: s3.secretKey },
  )
  return {
    url: `http://${host}${path}`,
    headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  }
}
