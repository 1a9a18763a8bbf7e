import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { docker } from '../lab/docker'
import { useEngine } from '../lab/engine'
import { LoopbackRegistry } from '../lab/loopback-registry'
import { wholeCheckout } from './checkout'

let registry: LoopbackRegistry

beforeAll(async () => {
  await useEngine(() => undefined)
  registry = await LoopbackRegistry.start()
})
afterAll(() => registry[Symbol.dispose]())

it('images lock records what a registry has, and names what it has not', async () => {
  const [nats, toxiproxy] = ['nats:2.15.2', 'ghcr.io/shopify/toxiproxy:2.12.0']
  const digests = { nats: await registry.publish(nats), toxiproxy: await registry.publish(toxiproxy) }
  using made = wholeCheckout({})
  const catalogue = () => readFileSync(join(made.folder, 'fixtures/images/catalogue.yaml'), 'utf8')
  const before = parse(catalogue())
  const { exitCode, output } = await made.run('node', ['support/cli/bootstrap.cjs', 'images', 'lock'], {
    RUNBOOK_MIRROR: registry.address,
  })
  expect(output).toMatch(new RegExp(`^${nats} +${digests.nats}$`, 'm'))
  expect(output).toMatch(/Not locked, as no registry had them: debian:bookworm-slim, debian:trixie-slim/)
  expect(exitCode).toBe(0)
  const { images } = parse(catalogue())
  expect(images).toEqual({
    ...before.images,
    nats: { ...before.images.nats, digest: digests.nats },
    toxiproxy: { ...before.images.toxiproxy, digest: digests.toxiproxy },
  })
  expect(catalogue()).toContain('# images     published: a public registry has it under this reference.')
  // What was pulled to learn a digest is not left behind.
  expect(String((await docker(['image', 'ls', '--quiet', `${registry.address}/*`])).stdout)).toBe('')
  expect(String((await docker(['image', 'ls', '--quiet', `${registry.address}/*/*/*`])).stdout)).toBe('')
})
