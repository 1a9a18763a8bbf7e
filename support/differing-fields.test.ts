import { describe, expect, it } from 'vitest'
import { differingFields } from './differing-fields'

describe('differing fields', () => {
  it('are none of equal values, however nested', () => {
    expect(differingFields({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([])
  })

  it('are named by their path, with what they are and were', () => {
    const before = { spec: { suspend: false, args: ['a', 'b'] }, kept: 1 }
    const now = { spec: { suspend: true, args: ['a', 'c'], added: { x: 1 } }, kept: 1 }
    expect(differingFields(before, now)).toEqual([
      'spec.added {"x":1}, was absent',
      'spec.args[1] "c", was "b"',
      'spec.suspend true, was false',
    ])
  })

  it('tell a list of another length whole, and cut what is long', () => {
    expect(differingFields({ list: [1, 2] }, { list: [1] })).toEqual(['list [1], was [1,2]'])
    const [line = ''] = differingFields({ text: '' }, { text: 'x'.repeat(500) })
    expect(line.length).toBeLessThan(120)
  })
})
