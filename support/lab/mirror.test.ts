import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../eventually'
import type { Image } from './catalogue'
import { docker } from './docker'
import { useEngine } from './engine'
import { lookUp } from './images'
import { installPackages, onPath } from './private-engine'
import { mirrorOf, pull } from './registry'

/** A registry as an air-gapped company has one: Debian's docker-registry, on loopback. */
describe('a mirror', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-mirror-'))
  const ours: Image = { name: 'mirrored', reference: 'runbook-lab/mirror-test:1', seconds: 0 }
  const absent: Image = { name: 'absent', reference: 'runbook-lab/mirror-test:absent', seconds: 0 }
  let stop: () => void = () => undefined

  beforeAll(async () => {
    await useEngine(() => undefined)
    if (!(await onPath('docker-registry'))) await installPackages(['docker-registry'])
    const port = await freePort()
    writeFileSync(
      join(folder, 'config.yml'),
      JSON.stringify({
        version: 0.1,
        log: { level: 'error' },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: `127.0.0.1:${port}` },
      }),
    )
    const registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
    stop = () => registry.kill()
    await eventually({ name: 'the registry on loopback', ms: 10_000 }, async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/v2/`)
      return answer.ok ? { found: undefined } : { seen: `HTTP ${answer.status}` }
    })
    process.env.RUNBOOK_MIRROR = `127.0.0.1:${port}`
    writeFileSync(
      join(folder, 'Dockerfile'),
      'FROM scratch\nLABEL runbook-lab.mirror-test=yes\nCOPY Dockerfile /\n',
    )
    const there = mirrorOf(ours.reference) ?? ''
    expect((await docker(['build', '--tag', there, folder])).all).toContain('Successfully tagged')
    expect((await docker(['push', there])).failed).toBe(false)
    await docker(['image', 'rm', there])
  }, 120_000)

  afterAll(async () => {
    await docker(['image', 'rm', ours.reference, mirrorOf(ours.reference) ?? ours.reference])
    stop()
    delete process.env.RUNBOOK_MIRROR
    rmSync(folder, { recursive: true })
  })

  it('is what an image is pulled from, under its own reference and with the registry’s digest', async () => {
    expect(await pull(ours)).toBe(true)
    expect(await lookUp(ours)).toMatchObject({
      reference: ours.reference,
      origin: 'mirror',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    })
  })

  it('that lacks an image leaves it to be built', async () => {
    expect(await pull(absent)).toBe(false)
  })

  it('is not asked when everything is to be built here', async () => {
    process.env.RUNBOOK_IMAGES = 'build'
    expect(await pull(ours)).toBe(false)
    delete process.env.RUNBOOK_IMAGES
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
