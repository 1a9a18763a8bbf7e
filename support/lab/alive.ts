import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { LaneAddress } from './address'
import type { Part } from './made'

/** A part of a lane that doesn't answer, and what it said. */
export interface Silent {
  readonly part: Part
  readonly what: string
  /** Whether it is what the runbooks operate, and may be down because one of them stopped it. */
  readonly operated: boolean
}

const operatedNats = 'NATS in the cluster'

/**
 * Asks every part of a lane whether it is there, all at once: a warm start must cost next to nothing.
 *
 * @param withinMs how long one may take, in milliseconds
 * @returns the parts that don't answer by then; none when the lane can be used
 */
export async function silentParts(address: LaneAddress, withinMs = 2000): Promise<Silent[]> {
  const checks: ReadonlyArray<readonly [Part, string, Promise<boolean>]> = [
    ['cluster', 'the Kubernetes API', answers(`${apiServer(address.cluster.kubeconfig)}/readyz`, withinMs)],
    ['cluster', operatedNats, accepts(address.nats.operated, withinMs)],
    ['services', 'MinIO', answers(`${address.s3.direct}/minio/health/live`, withinMs)],
    ['services', 'the IAM adapter', answers(`${address.iam}/healthz`, withinMs)],
    ['services', 'Toxiproxy', answers(`${address.toxiproxy}/version`, withinMs)],
    ['services', 'the second site', accepts(address.nats.secondSite, withinMs)],
    ['toolbox', 'the toolbox', runs(address.toolbox, withinMs)],
  ]
  const silent = await Promise.all(
    checks.map(async ([part, what, answered]) =>
      (await answered) ? undefined : { part, what, operated: what === operatedNats },
    ),
  )
  return silent.filter((found) => found !== undefined)
}

function apiServer(kubeconfig: string): string {
  try {
    return /server: (\S+)/.exec(readFileSync(kubeconfig, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}

function answers(url: string, timeout: number): Promise<boolean> {
  if (!URL.canParse(url)) return Promise.resolve(false)
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    // Whether it is ours is told by its port and by what it holds; here only whether it answers.
    const call = request(url, { timeout, rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    call.on('error', () => resolve(false))
    call.on('timeout', () => call.destroy())
    call.end()
  })
}

function accepts(url: string, timeout: number): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout })
    // A port that Docker forwards accepts even when nobody is behind it; NATS speaks first.
    socket.once('data', () => finish(true))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
    socket.once('timeout', () => finish(false))
    const finish = (answered: boolean) => {
      resolve(answered)
      socket.destroy()
    }
  })
}

function runs(container: string, timeout: number): Promise<boolean> {
  const host = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'
  const options = host.startsWith('unix://')
    ? { socketPath: host.slice('unix://'.length) }
    : { host: new URL(host).hostname, port: new URL(host).port }
  return new Promise((resolve) => {
    const call = httpRequest({ ...options, path: `/containers/${container}/json`, timeout }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () =>
        resolve(response.statusCode === 200 && JSON.parse(body).State.Running === true),
      )
    })
    call.on('error', () => resolve(false))
    call.on('timeout', () => call.destroy())
    call.end()
  })
}
