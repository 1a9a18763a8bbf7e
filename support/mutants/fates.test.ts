import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fates } from './fates'

let folder: string
const file = () => join(folder, 'reports/mutants/generated.json')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbook-fates-'))
  Fates.begin(folder).keep('backup:63 drop', 'test: says how it is used')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what noticed a mutant', () => {
  it('is known when the sample is gone on with, and added to', () => {
    const later = Fates.goOn(folder)
    expect(later.by('backup:63 drop')).toBe('test: says how it is used')
    expect(later.by('backup:64 drop')).toBeUndefined()
    later.keep('backup:64 drop', 'scenario: x.1.1')
    expect(Fates.goOn(folder).by('backup:64 drop')).toBe('scenario: x.1.1')
    expect(Fates.goOn(folder).by('backup:63 drop')).toBe('test: says how it is used')
  })

  it('is forgotten when a sample is begun', () => {
    Fates.begin(folder)
    expect(() => Fates.goOn(folder)).toThrow('reports/mutants/generated.json is not there')
  })

  it('is nothing to go on with when it was of other scripts, or is damaged', () => {
    const kept = readFileSync(file(), 'utf8')
    writeFileSync(file(), kept.replace(/"scripts": "\w+"/, '"scripts": "of another day"'))
    expect(() => Fates.goOn(folder)).toThrow('the scripts are not what they were')
    writeFileSync(file(), '{"scripts": "", "noticed": [{}]}')
    expect(() => Fates.goOn(folder)).toThrow('is damaged: generated.json.noticed[0]: lacks mutant')
    writeFileSync(file(), kept.slice(1))
    expect(() => Fates.goOn(folder)).toThrow('is damaged')
  })
})
