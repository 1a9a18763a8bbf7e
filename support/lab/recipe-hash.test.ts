import { describe, expect, it } from 'vitest'
import { type Catalogue, entry, type Image, type Program, readCatalogue } from './catalogue'
import { imageHash, programHash } from './recipe-hash'

const catalogue = readCatalogue()

/** The catalogue with one program's pin of a linker variable changed. */
function withProgram(name: string, change: Partial<Program>): Catalogue {
  const programs = new Map(catalogue.programs)
  programs.set(name, { ...entry(catalogue.programs, name), ...change })
  return { ...catalogue, programs }
}

describe("a recipe's hash", () => {
  const hash = (image: Image, of: Catalogue = catalogue) => imageHash(of, image)

  it('changes in every image that a changed program goes into, and in those made from it', () => {
    const changed = withProgram('kubernetes', { variables: { version: 'v9' } })
    for (const name of ['node', 'control-plane', 'coredns']) {
      expect(hash(entry(catalogue.images, name), changed), name).not.toBe(hash(entry(catalogue.images, name)))
    }
    for (const name of ['nats', 'minio', 'trixie']) {
      expect(hash(entry(catalogue.images, name), changed), name).toBe(hash(entry(catalogue.images, name)))
    }
  })

  it('stays when only what is known about it changes: how long it takes, or its digest', () => {
    const program = entry(catalogue.programs, 'nats')
    expect(programHash({ ...program, seconds: 999 })).toBe(programHash(program))
    const node = entry(catalogue.images, 'node')
    expect(hash({ ...node, seconds: 999, digest: 'sha256:0' })).toBe(hash(node))
  })

  it('changes with the Debian release that a base image is made of', () => {
    const trixie = entry(catalogue.images, 'trixie')
    expect(hash({ ...trixie, debootstrap: 'bookworm' })).not.toBe(hash(trixie))
  })
})
