import { expect, it } from 'vitest'
import type { LaneAddress } from './address'
import { laneDied } from './died'

const nobody = 'http://127.0.0.1:1'
const address: LaneAddress = {
  lane: 7,
  network: 'runbook-lab-none',
  cluster: { name: 'gone', node: 'gone', kubeconfig: '/nonexistent' },
  toolbox: 'no-such-container',
  s3: { direct: nobody, accessKey: 'a', secretKey: 's', region: 'us-east-1' },
  iam: nobody,
  toxiproxy: nobody,
  nats: { operated: nobody, secondSite: nobody, passwords: { app: 'a', backup: 'b', restore: 'r' } },
}

it('a lane that died is told by its parts, without what a fault keeps from answering', async () => {
  expect((await laneDied(address))?.message).toContain('the Kubernetes API')
  const told = (await laneDied(address, ['cluster']))?.message
  expect(told).toContain('MinIO')
  expect(told).not.toContain('the Kubernetes API')
  expect(await laneDied(address, ['cluster', 'services', 'toolbox'])).toBeUndefined()
})
