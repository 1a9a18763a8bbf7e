import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import type { Image, Program } from './catalogue'
import { useEngine } from './engine'
import { buildProgram } from './go-program'
import { buildImage } from './image-build'
import { recipes } from './recipe-hash'

/** Recipes that are wrong on purpose, in a folder of their own. */
describe('a recipe that fails to build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-recipe-'))
  const broken: Program = {
    name: 'broken',
    module: relative(join(recipes, 'go'), folder),
    package: '.',
    seconds: 1,
  }
  const image: Image = {
    name: 'broken-image',
    reference: 'runbook-lab/broken:1',
    dockerfile: relative(recipes, folder),
    seconds: 1,
  }
  const path = process.env.PATH

  beforeAll(async () => {
    await useEngine(() => undefined)
    writeFileSync(join(folder, 'go.mod'), 'module broken\n\ngo 1.26.0\n')
    writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() { undefinedThing() }\n')
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY no-such-file /\n')
  })
  afterEach(() => {
    process.env.PATH = path
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const failure = async (work: Promise<unknown>): Promise<LabBroken> => {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(thrown).toBeInstanceOf(LabBroken)
    return thrown as LabBroken
  }

  it('says what the compiler said, and where the whole log is', async () => {
    const { code, message } = await failure(buildProgram(broken, () => undefined))
    expect(code).toBe('RBK_IMAGE_BUILD')
    expect(message).toContain('Building broken failed')
    expect(message).toContain('undefined: undefinedThing')
    expect(message).toMatch(/less .*broken\.log/)
  })

  it('says what docker build said, and where the whole log is', async () => {
    const { code, message } = await failure(buildImage({ programs: new Map(), images: new Map() }, image))
    expect(code).toBe('RBK_IMAGE_BUILD')
    expect(message).toContain('no-such-file')
    expect(message).toMatch(/less .*broken-image\.image\.log/)
  })

  it('says that neither a registry nor Go was there', async () => {
    process.env.PATH = '/nonexistent'
    const { code, message } = await failure(buildProgram(broken, () => undefined))
    expect(code).toBe('RBK_GO')
    expect(message).toContain('no Go on this machine, and no registry answered for the image')
    expect(message).toContain('RUNBOOK_MIRROR')
  })
})
