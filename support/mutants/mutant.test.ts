import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { mutantOf, mutate, readMutants, tryOn } from './mutant'
import { placesByAddress, placesOf } from './places'
import { readSurvivors } from './survivors'

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
    const one = JSON.stringify({ removes: 'x', file: 'script', find: 'a', caughtBy: 'a.1.1' })
    expect(() => mutantOf('m', one)).toThrow(/The mutant m can't be used/)
  })

  it('that is no YAML is misuse, as are explanations that aren’t', () => {
    expect(() => mutantOf('m', 'removes: "x')).toThrow(
      expect.objectContaining({ code: 'RBK_MUTANT', message: expect.stringMatching(/got +.*"/) }),
    )
    expect(() => readSurvivors('"a: b')).toThrow(expect.objectContaining({ code: 'RBK_SURVIVORS' }))
  })

  it('whose file is gone is misuse', () => {
    const stale = { code: 'RBK_MUTANT_STALE', message: expect.stringContaining('there is no such file') }
    expect(() => mutate(folder, { ...mutant('one'), file: 'gone' })).toThrow(expect.objectContaining(stale))
  })

  it('that doesn’t apply is found before the first one is tried, and nothing stays changed', () => {
    writeFileSync(script, 'one\ntwo\n')
    expect(() => tryOn(folder, [mutant('two'), mutant('three')])).toThrow('0 times')
    expect(() => tryOn(folder, [mutant('two'), mutant('one')])).not.toThrow()
    expect(readFileSync(script, 'utf8')).toBe('one\ntwo\n')
    const source = readFileSync(join(checkout, 'support/mutants/mutants.ts'), 'utf8')
    expect(source.indexOf('  tryOn(')).toBeGreaterThan(0)
    expect(source.indexOf('  tryOn(')).toBeLessThan(source.indexOf('  await control('))
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

  it('are all that is in their folder: a file that isn’t read is misuse', () => {
    const others = join(folder, 'mutants')
    mkdirSync(others)
    for (const file of ['README.md', 'survivors.yml']) writeFileSync(join(others, file), '')
    expect(readMutants([], others)).toEqual([])
    writeFileSync(join(others, 'guard.yml'), 'removes: x')
    const unread = { code: 'RBK_MUTANT_UNREAD', message: expect.stringContaining('guard.yml') }
    expect(() => readMutants([], others)).toThrow(expect.objectContaining(unread))
  })

  it('are asked for by name', () => {
    expect(() => readMutants(['nobody'])).toThrow(/There is no mutant nobody/)
  })
})
