import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Image, readCatalogue } from './catalogue'
import { docker } from './docker'
import { useEngine } from './engine'
import { lookUp, pullCurrent } from './images'
import { LoopbackRegistry } from './loopback-registry'
import { imageSource } from './machine'
import { mirrorOf, pull } from './registry'

describe('a mirror', () => {
  const ours: Image = { name: 'mirrored', reference: 'runbook-lab/mirror-test:1', seconds: 0 }
  const absent: Image = { name: 'absent', reference: 'runbook-lab/mirror-test:absent', seconds: 0 }
  let registry: LoopbackRegistry
  let digest: string

  beforeAll(async () => {
    await useEngine(() => undefined)
    registry = await LoopbackRegistry.start()
    process.env.RUNBOOK_MIRROR = registry.address
    digest = await registry.publish(ours.reference)
  })

  afterAll(async () => {
    await docker(['image', 'rm', ours.reference, mirrorOf(ours.reference) ?? ours.reference])
    registry[Symbol.dispose]()
    delete process.env.RUNBOOK_MIRROR
  })

  it('is what an image is pulled from, under its own reference and with the registry’s digest', async () => {
    expect(await pull(ours)).toBe(true)
    expect(await lookUp(ours)).toMatchObject({ reference: ours.reference, origin: 'mirror', digest })
  })

  it('is where doctor looks for images, and nowhere else', async () => {
    expect((await imageSource(false)).found).toContain(`${registry.address} answers`)
  })

  it('that has one of our own images of another recipe leaves it to be built; what others publish is taken', async () => {
    const catalogue = readCatalogue()
    expect(await pullCurrent(catalogue, ours)).toBe(false)
    expect(await pullCurrent(catalogue, { ...ours, published: true })).toBe(true)
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
