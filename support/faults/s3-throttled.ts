import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { eventually } from '../eventually'
import { requestsAtATime } from '../lab/containers'
import type { ObjectStore } from '../objectstore/store'
import type { Fault } from './fault'

/**
 * S3 has as many requests at a time as it takes: MinIO answers one more with 429 at once (its cmd/handler-api.go), as AWS
 * does with 503 SlowDown. What keeps it busy are uploads of somebody else, begun and not ended; no object is left of them.
 */
export function s3Throttled({ s3 }: ObjectStore, bucket: string): Fault {
  const begun: ClientRequest[] = []
  /** Begins one more upload. @returns 100 when S3 waits for its content, or the status with which S3 turned it away */
  const another = async () => {
    const upload = beginUpload(await s3.presignedPutObject(bucket, 'runbook-probe'))
    begun.push(upload)
    return answerTo(upload)
  }
  const end = () => {
    for (const upload of begun.splice(0)) upload.destroy()
  }
  return {
    name: `S3 is asked for ${requestsAtATime} things at a time, and takes no more`,
    async inject() {
      while (begun.length <= requestsAtATime && (await another()) === 100);
    },
    async proveInForce() {
      const status = await another()
      if (status === 429) return `one more upload is turned away: ${status} Too Many Requests`
      throw new Error(
        `one more upload was answered with ${status}, expected 429 after ${begun.length} of them`,
      )
    },
    heal: async () => end(),
    // S3 notices a moment later that the others are gone.
    proveHealed: () =>
      eventually({ name: 'an upload after those of others', ms: 10_000 }, async () => {
        const status = await another().finally(end)
        return status === 100 ? { found: 'an upload is taken' } : { seen: `it was answered with ${status}` }
      }),
  }
}

/** Sends the head of an upload; its one byte never follows. */
function beginUpload(url: string): ClientRequest {
  const headers = { 'Content-Length': 1, Expect: '100-continue' }
  const upload = request(url, { method: 'PUT', headers, agent: false })
  upload.on('error', () => undefined)
  upload.flushHeaders()
  return upload
}

/** The status of the first answer. @throws when the connection ends without one */
function answerTo(upload: ClientRequest): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    upload.once('continue', () => resolve(100))
    upload.once('response', ({ statusCode }: IncomingMessage) => resolve(statusCode))
    upload.once('error', reject)
  })
}
