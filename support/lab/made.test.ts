import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changedParts, changedWorkloads, folderIdentity, type Made } from './made'

const made: Made = {
  cluster: 'c1',
  workloads: { 'nats:2': 'n1', 'backup:1': 'b1' },
  services: 's1',
  toolbox: 't1',
}

describe('a warm lane', () => {
  it('stays when nothing that it was made from changed', () => {
    expect(changedParts(made, { ...made })).toEqual([])
    expect(changedWorkloads(made, { ...made })).toEqual([])
  })

  it('has only that part made anew whose recipe changed', () => {
    expect(changedParts(made, { ...made, toolbox: 't2' })).toEqual(['toolbox'])
    expect(changedParts(made, { ...made, cluster: 'c2', services: 's2' })).toEqual(['cluster', 'services'])
  })

  it('gets a changed pod image without a new cluster', () => {
    const changed = { ...made, workloads: { ...made.workloads, 'backup:1': 'b2' } }
    expect(changedParts(made, changed)).toEqual([])
    expect(changedWorkloads(made, changed)).toEqual(['backup:1'])
  })
})

describe('a checkout', () => {
  it('that was removed and cloned anew at its place is another one, and stays the same while it is worked in', () => {
    const root = mkdtempSync(join(tmpdir(), 'runbook-made-'))
    const place = join(root, 'checkout')
    mkdirSync(place)
    const before = folderIdentity(place)
    writeFileSync(join(place, 'file'), 'text')
    expect(folderIdentity(place)).toBe(before)
    // Moved rather than removed, so that its number can't be given to the next one.
    renameSync(place, join(root, 'old'))
    mkdirSync(place)
    expect(folderIdentity(place)).not.toBe(before)
    rmSync(root, { recursive: true })
  })
})
