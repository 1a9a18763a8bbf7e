import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { eventually } from '../eventually'
import type { LaneAddress } from '../lab/address'
import { entry, readCatalogue } from '../lab/catalogue'
import { freePorts } from '../lab/free-ports'
import { buildProgram } from '../lab/go-program'

/** A real MinIO with the IAM adapter before it, as processes on loopback. */
export interface LocalStore extends AsyncDisposable {
  readonly address: Pick<LaneAddress, 's3' | 'iam'>
}

/**
 * Starts MinIO and the adapter for a test, on ports of their own, with a folder that goes when they stop.
 * Both are the programs that the lab's images hold, built on first use.
 *
 * @throws LabBroken when a program can't be built, or the two aren't healthy within 20 s
 */
export async function startLocalStore(): Promise<LocalStore> {
  const [minio, adapter] = await Promise.all([program('minio'), program('iam-adapter')])
  const [port, consolePort, iamPort] = await freePorts(3)
  const folder = await mkdtemp(join(tmpdir(), 'local-store-'))
  const key = { accessKey: 'platform-engineer', secretKey: 'a-secret-of-the-lab' }
  const env = { HOME: folder, MINIO_ROOT_USER: key.accessKey, MINIO_ROOT_PASSWORD: key.secretKey }
  const direct = `http://127.0.0.1:${port}`
  const iam = `http://127.0.0.1:${iamPort}`
  const listen = ['--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${consolePort}`]
  const processes = [
    execa(minio, ['server', ...listen, folder], { env, reject: false, cleanup: true }),
    execa(adapter, {
      env: { ...env, MINIO_ENDPOINT: direct, LISTEN: `127.0.0.1:${iamPort}` },
      reject: false,
    }),
  ]
  const stop = async () => {
    for (const running of processes) running.kill('SIGKILL')
    await Promise.all(processes)
    await rm(folder, { recursive: true })
  }
  await eventually({ name: 'MinIO and its IAM adapter', ms: 20_000 }, async () => {
    const answer = await fetch(`${iam}/healthz`)
    return answer.ok ? { found: true } : { seen: await answer.text() }
  }).catch(async (thrown: unknown) => {
    await stop()
    throw thrown
  })
  return { address: { s3: { direct, region: 'us-east-1', ...key }, iam }, [Symbol.asyncDispose]: stop }
}

function program(name: string): Promise<string> {
  return buildProgram(entry(readCatalogue().programs, name), () => {})
}
