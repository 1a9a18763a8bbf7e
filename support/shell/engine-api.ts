import { type ClientRequest, request } from 'node:http'
import type { Socket } from 'node:net'
import { LabBroken, messageOf } from '../errors'

/** An answer of the engine: its HTTP status and the body, parsed where it's JSON. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/**
 * Asks the Docker engine at DOCKER_HOST. Spoken directly, because loading dockerode takes 0.35 s,
 * a quarter of what a warm start may take, and three calls are all that a command block needs.
 *
 * @param path as in Docker's API reference, e.g. `/containers/<id>/json`
 * @returns the answer, whatever its status
 * @throws LabBroken when no engine answers
 */
export function ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = open(method, path, {})
    call.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(parts) }))
      response.on('error', reject)
    })
    call.on('error', (cause) => reject(noEngine(cause)))
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/**
 * Asks for a connection that carries a process's input and output.
 *
 * @returns the connection, with what arrived along with the answer; or the answer that refused it
 * @throws LabBroken when no engine answers
 */
export function connect(path: string, body: unknown): Promise<{ socket: Socket; head: Buffer } | Answer> {
  return new Promise((resolve, reject) => {
    const call = open('POST', path, { Connection: 'Upgrade', Upgrade: 'tcp' })
    call.on('upgrade', (_, socket, head) => resolve({ socket: socket as Socket, head }))
    call.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(parts) }))
    })
    call.on('error', (cause) => reject(noEngine(cause)))
    call.end(JSON.stringify(body))
  })
}

function open(method: string, path: string, headers: Record<string, string>): ClientRequest {
  return request({ ...address(), method, path, headers: { 'Content-Type': 'application/json', ...headers } })
}

function address(): { socketPath: string } | { host: string; port: string } {
  const url = new URL(process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock')
  if (url.protocol === 'unix:') return { socketPath: decodeURIComponent(url.pathname) }
  if (url.protocol === 'tcp:') return { host: url.hostname, port: url.port || '2375' }
  throw new LabBroken('RBK_ENGINE_ADDRESS', {
    attempted: `DOCKER_HOST has an address that command blocks can't be run through`,
    expected: 'unix:///path/to/docker.sock or tcp://host:port',
    got: url.href,
    next: 'Forward the remote engine to a local socket, and name that:',
    repeat:
      'ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST & export DOCKER_HOST=unix:///tmp/engine.sock',
  })
}

function parsed(parts: readonly Buffer[]): unknown {
  const text = Buffer.concat(parts).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function noEngine(cause: unknown): LabBroken {
  return new LabBroken(
    'RBK_ENGINE_GONE',
    {
      attempted: 'The Docker engine did not answer',
      expected: process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock',
      got: messageOf(cause),
      next: 'Bring the lab up again:',
      repeat: 'npx runbook up',
    },
    { cause },
  )
}
