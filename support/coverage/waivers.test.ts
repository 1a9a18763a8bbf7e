import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { readWaivers, waive, waiversFile } from './waivers'

const gap = (what: string) => ({ what, at: 'x:1', gap: 'nobody saw it' })
const shown = (what: string) => ({ what, at: 'x:1' })
const today = '2026-11-26'
const waiver = (of: string, until: string) => ({ of, because: 'it takes a broken disk', until })

describe('readWaivers', () => {
  it('reads a list, also an empty one', () => {
    expect(readWaivers('- of: message a\n  because: b\n  until: 2027-03-31\n', today)).toEqual([
      { of: 'message a', because: 'b', until: '2027-03-31' },
    ])
    expect(readWaivers('# none\n', today)).toEqual([])
  })

  it.each([
    ['- of: a\n  until: 2027-03-31\n', '`because` is missing'],
    ['- of: a\n  because: b\n', '`until` is no day'],
    ['- of: a\n  because: b\n  until: next year\n', '`until` is no day'],
    ['- of: a\n  because: b\n  until: 2027-03-31\n  untill: x\n', '`untill` is unknown'],
    ['- of: a\n  because: b\n  until: 2027-02-30\n', '`until` is no day'],
    ['- of: a\n  because: b\n  until: 2027-11-27\n', 'a year away, and 2027-11-26 is the last that can be'],
    ['- of: a\n  because: b\n  until: 9999-12-31\n', '`until` is more than a year away'],
    [
      '- of: a\n  because: b\n  until: 2026-01-01\n- of: a\n  because: c\n  until: 2027-03-31\n',
      'entry 2: entry 1 is of the same',
    ],
    ['- just text\n', 'entry 1: `of` is missing'],
    ['a: b\n', 'it is not a list'],
    ['- [\n', 'docs/waivers.yaml can’t be used'],
  ])('refuses %j', (text, message) => {
    expect(() => readWaivers(text, today)).toThrow(message)
  })

  it('reads what is on the disk, and a day that is a year away', () => {
    const now = new Date().toISOString().slice(0, 10)
    expect(readWaivers(readFileSync(join(checkout, waiversFile), 'utf8'), now).length).toBeGreaterThan(0)
    expect(readWaivers('- of: a\n  because: b\n  until: 2027-11-26\n', today)).toHaveLength(1)
  })
})

describe('waive', () => {
  it('tells open gaps, waived ones, expired ones, and waivers of nothing', () => {
    const waivers = [
      waiver('a', '2027-03-31'),
      waiver('b', '2026-01-01'),
      waiver('s', '2027-03-31'),
      waiver('t', '2026-01-01'),
      waiver('z', '2027-03-31'),
    ]
    const published = [gap('a'), gap('b'), gap('c'), shown('s'), shown('t')]
    const { open, waived, expired, unneeded, unknown } = waive(published, waivers, today)
    expect(open.map(({ what }) => what)).toEqual(['c'])
    expect(waived.map(({ what }) => what)).toEqual(['a'])
    expect(expired.map(({ what, waiver }) => [what, waiver.until])).toEqual([
      ['b', '2026-01-01'],
      ['t', '2026-01-01'],
    ])
    expect(unneeded.map(({ of }) => of)).toEqual(['s'])
    expect(unknown.map(({ of }) => of)).toEqual(['z'])
  })

  it('counts on its last day, and not on the next', () => {
    const waivers = [waiver('a', '2026-11-26')]
    expect(waive([gap('a')], waivers, today).waived).toHaveLength(1)
    expect(waive([gap('a')], waivers, '2026-11-27').expired).toHaveLength(1)
  })
})
