import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mutantOf, mutate, readMutants } from './mutant'
import { placesByAddress, placesOf } from './places'

const folder = mkdtempSync(join(tmpdir(), 'runbook-mutant-'))
afterAll(() => rmSync(folder, { recursive: true }))

const mutant = (find: string) =>
  mutantOf('m', JSON.stringify({ removes: 'x', file: 'script', find, replace: '$&', caughtBy: ['a.1.1'] }))

describe('a mutant', () => {
  const script = join(folder, 'script')

  it('changes the one place that it names, as written, and takes it back', () => {
    writeFileSync(script, 'one\ntwo\n')
    const undo = mutate(folder, mutant('two'))
    expect(readFileSync(script, 'utf8')).toBe('one\n$&\n')
    undo()
    expect(readFileSync(script, 'utf8')).toBe('one\ntwo\n')
  })

  it.each([
    ['one\none\n', '2 times'],
    ['', '0 times'],
  ])('that would change %j is refused', (text, got) => {
    writeFileSync(script, text)
    expect(() => mutate(folder, mutant('one'))).toThrow(got)
  })

  it('that lacks something is refused', () => {
    expect(() => mutantOf('m', 'removes: x')).toThrow(/The mutant m can't be used/)
  })
})

describe('the mutants that there are', () => {
  it('apply, and name scenarios that there are', () => {
    const places = placesByAddress()
    for (const each of readMutants()) {
      const path = join(folder, 'copy')
      writeFileSync(path, readFileSync(each.file))
      mutate(folder, { ...each, file: 'copy' })
      expect(placesOf(each.caughtBy, places)).toHaveLength(each.caughtBy.length)
    }
  })

  it('are asked for by name', () => {
    expect(() => readMutants(['nobody'])).toThrow(/There is no mutant nobody/)
  })
})
