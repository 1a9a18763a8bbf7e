import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LaneAddress } from './address'
import { silentParts } from './alive'

/** A port on which nobody listens: one that was just closed. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a lane that died', () => {
  let address: LaneAddress
  let sick: Server

  beforeAll(async () => {
    const dead = `http://127.0.0.1:${await closedPort()}`
    sick = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => sick.once('listening', resolve))
    address = {
      lane: 0,
      network: 'runbook-lab-9',
      cluster: { name: 'gone', node: 'gone', kubeconfig: '/nonexistent' },
      toolbox: 'no-such-container',
      s3: { direct: dead, accessKey: 'a', secretKey: 's', region: 'us-east-1' },
      iam: `http://127.0.0.1:${(sick.address() as AddressInfo).port}`,
      toxiproxy: dead,
      nats: { operated: dead, secondSite: dead, passwords: { app: 'a', backup: 'b', restore: 'r' } },
    }
  })
  afterAll(() => sick.close())

  it('is told part by part, within 2 s, whether nobody answers or somebody who isn’t well', async () => {
    const started = Date.now()
    const silent = await silentParts(address)
    expect(silent.map(({ part, what }) => `${part}: ${what}`)).toEqual([
      'cluster: the Kubernetes API',
      'cluster: NATS in the cluster',
      'services: MinIO',
      'services: the IAM adapter',
      'services: Toxiproxy',
      'services: the second site',
      'toolbox: the toolbox',
    ])
    expect(Date.now() - started).toBeLessThan(3_000)
  })
})
