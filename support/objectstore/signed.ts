import { LabBroken } from '../errors'
import type { LaneAddress } from '../lab/address'

/**
 * One request to the store that MinIO's client has no call for, signed with the platform engineer's key.
 *
 * @param path with query
 * @throws LabBroken when the store refuses it: the harness asks nothing that may be refused
 */
export async function signed(
  s3: LaneAddress['s3'],
  method: 'PUT' | 'DELETE',
  path: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  const { default: aws4 } = await import('aws4')
  const request = aws4.sign(
    { service: 's3', region: s3.region, method, host: new URL(s3.direct).host, path, headers, body },
    { accessKeyId: s3.accessKey, secretAccessKey: s3.secretKey },
  )
  const sent = { method, headers: request.headers as Record<string, string>, ...(body && { body }) }
  const answer = await fetch(s3.direct + path, sent)
  if (answer.ok) return answer
  throw new LabBroken('RBK_STORE', {
    attempted: `The object store refused ${method} ${path}`,
    got: `${answer.status} ${await answer.text()}`,
    next: 'See whether the lab is whole:',
    repeat: 'npx runbook status',
  })
}
