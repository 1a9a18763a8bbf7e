import type { ObjectStore } from '../objectstore/store'
import type { Fault } from './fault'
import type { Probe } from './s3-refused'
import type { Toxic, ToxicProxy } from './toxiproxy'

/** What a fault of the connection to S3 is brought about and looked at with. */
export interface S3Connection {
  readonly proxy: ToxicProxy
  readonly probe: Probe
  readonly store: ObjectStore
  /** Where procedures reach S3. */
  readonly endpoint: string
}

/** S3 takes connections and says nothing, as behind a firewall that drops packets. */
export function s3Hangs({ proxy, probe, endpoint }: S3Connection): Fault {
  const toxic: Toxic = { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } }
  const look = `curl --silent --max-time 2 --output /dev/null --write-out '%{time_connect}' ${endpoint}`
  /** curl's own exit code for an answer that didn't come in time. */
  const noAnswer = 28
  return {
    name: 'S3 takes connections and does not answer',
    inject: () => proxy.poison(toxic),
    heal: () => proxy.purify(),
    async proveInForce() {
      const { exitCode, output } = await probe(look)
      if (exitCode === noAnswer && Number(output) > 0)
        return `connected after ${output.trim()} s, no answer in 2 s`
      throw new Error(`${endpoint} did not keep the toolbox waiting (curl exit ${exitCode}) ${output}`)
    },
    async proveHealed() {
      const { exitCode, output } = await probe(look)
      if (exitCode === 0) return `${endpoint} answers`
      throw new Error(`${endpoint} doesn't answer (curl exit ${exitCode}) ${output}`)
    },
  }
}

/** S3 takes data at so many KiB a second and not faster. */
export function s3Slow(connection: S3Connection, kibibytesPerSecond: number): Fault {
  const toxic: Toxic = { type: 'bandwidth', stream: 'upstream', attributes: { rate: kibibytesPerSecond } }
  return {
    name: `S3 takes ${kibibytesPerSecond} KiB a second`,
    inject: () => connection.proxy.poison(toxic),
    heal: () => connection.proxy.purify(),
    async proveInForce() {
      const { exitCode, seconds } = await upload(connection, kibibytesPerSecond)
      if (exitCode === 0 && seconds > 0.7) return `an upload of ${kibibytesPerSecond} KiB took ${seconds} s`
      throw new Error(`an upload of ${kibibytesPerSecond} KiB took ${seconds} s (curl exit ${exitCode})`)
    },
    async proveHealed() {
      const { exitCode, seconds } = await upload(connection, kibibytesPerSecond)
      if (exitCode === 0 && seconds < 0.7) return `an upload of ${kibibytesPerSecond} KiB took ${seconds} s`
      throw new Error(`an upload of ${kibibytesPerSecond} KiB took ${seconds} s (curl exit ${exitCode})`)
    },
  }
}

/** Every connection to S3 is cut after so many KiB of what is sent on it: calls pass, uploads of an archive don't. */
export function s3CutsUploads(connection: S3Connection, kibibytes: number): Fault {
  const toxic: Toxic = { type: 'limit_data', stream: 'upstream', attributes: { bytes: kibibytes * 1024 } }
  return {
    name: `Uploads to S3 are cut after ${kibibytes} KiB`,
    inject: () => connection.proxy.poison(toxic),
    heal: () => connection.proxy.purify(),
    async proveInForce() {
      const [whole, cut] = [await upload(connection, 16), await upload(connection, kibibytes * 2)]
      if (whole.exitCode === 0 && cut.exitCode !== 0)
        return `16 KiB arrive; of ${kibibytes * 2} KiB the connection was cut (curl exit ${cut.exitCode})`
      throw new Error(
        `16 KiB: curl exit ${whole.exitCode}; ${kibibytes * 2} KiB: curl exit ${cut.exitCode}, expected a cut`,
      )
    },
    async proveHealed() {
      const { exitCode } = await upload(connection, kibibytes * 2)
      if (exitCode === 0) return `${kibibytes * 2} KiB arrive`
      throw new Error(`an upload of ${kibibytes * 2} KiB fails (curl exit ${exitCode})`)
    },
  }
}

/** An upload from where procedures run, into a bucket that is there for it only. */
async function upload(
  { probe, store: { s3 }, endpoint }: S3Connection,
  kibibytes: number,
): Promise<{ exitCode: number | null; seconds: number }> {
  const bucket = 'runbook-probe'
  await s3.makeBucket(bucket)
  const { exitCode, output } = await probe(
    `file=$(mktemp); trap 'rm -f "$file"' EXIT; head --bytes=${kibibytes}K /dev/zero >"$file"
     curl --silent --fail --max-time 15 --output /dev/null --write-out '%{time_total}' --upload-file "$file" \\
       --aws-sigv4 "aws:amz:$AWS_REGION:s3" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" ${endpoint}/${bucket}/upload`,
  )
  await s3.removeObject(bucket, 'upload')
  await s3.removeBucket(bucket)
  return { exitCode, seconds: Number(output) }
}
