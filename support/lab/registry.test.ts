import { afterEach, describe, expect, it } from 'vitest'
import { mirrorOf, registryHost } from './registry'

describe('where a reference is pulled from', () => {
  afterEach(() => {
    delete process.env.RUNBOOK_MIRROR
  })

  it.each([
    ['debian:trixie-slim', 'registry-1.docker.io'],
    ['kindest/node:v1.37.0', 'registry-1.docker.io'],
    ['ghcr.io/shopify/toxiproxy:2.12.0', 'ghcr.io'],
    ['127.0.0.1:5000/nats:2', '127.0.0.1:5000'],
    ['localhost/nats:2', 'localhost'],
  ])('%s is at %s', (reference, host) => {
    expect(registryHost(reference)).toBe(host)
  })

  it('has no mirror unless one is named', () => {
    expect(mirrorOf('nats:2')).toBeUndefined()
  })

  it('is looked for in the mirror by its whole reference', () => {
    process.env.RUNBOOK_MIRROR = 'registry.example.com/hub/'
    expect(mirrorOf('ghcr.io/shopify/toxiproxy:2.12.0')).toBe(
      'registry.example.com/hub/ghcr.io/shopify/toxiproxy:2.12.0',
    )
  })
})
