import { describe, expect, it } from 'vitest'
import { changedParts, changedWorkloads, type Made } from './made'

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
