import { describe, expect, it } from 'vitest'
import { readWaivers, waive } from './waivers'

const gap = (what: string) => ({ what, at: 'x:1', gap: 'nobody saw it' })
const shown = (what: string) => ({ what, at: 'x:1' })
const waiver = (of: string, until: string) => ({ of, because: 'it takes a broken disk', until })

describe('readWaivers', () => {
  it('reads a list, also an empty one', () => {
    expect(readWaivers('- of: message a\n  because: b\n  until: 2027-03-31\n')).toEqual([
      { of: 'message a', because: 'b', until: '2027-03-31' },
    ])
    expect(readWaivers('# none\n')).toEqual([])
  })

  it.each([
    ['- of: a\n  until: 2027-03-31\n', '`because` is missing'],
    ['- of: a\n  because: b\n', '`until` is no day'],
    ['- of: a\n  because: b\n  until: next year\n', '`until` is no day'],
    ['- of: a\n  because: b\n  until: 2027-03-31\n  untill: x\n', '`untill` is unknown'],
    ['- just text\n', 'entry 1: `of` is missing'],
    ['a: b\n', 'it is not a list'],
    ['- [\n', 'docs/waivers.yaml can’t be used'],
  ])('refuses %j', (text, message) => {
    expect(() => readWaivers(text)).toThrow(message)
  })
})

describe('waive', () => {
  it('tells open gaps, waived ones, expired ones, and waivers of nothing', () => {
    const waivers = [
      waiver('a', '2027-03-31'),
      waiver('b', '2026-01-01'),
      waiver('s', '2027-03-31'),
      waiver('z', '2027-03-31'),
    ]
    const published = [gap('a'), gap('b'), gap('c'), shown('s')]
    const { open, waived, expired, unneeded, unknown } = waive(published, waivers, '2026-11-26')
    expect(open.map(({ what }) => what)).toEqual(['c'])
    expect(waived.map(({ what }) => what)).toEqual(['a'])
    expect(expired.map(({ what, waiver }) => [what, waiver.until])).toEqual([['b', '2026-01-01']])
    expect(unneeded.map(({ of }) => of)).toEqual(['s'])
    expect(unknown.map(({ of }) => of)).toEqual(['z'])
  })

  it('counts on its last day, and not on the next', () => {
    const waivers = [waiver('a', '2026-11-26')]
    expect(waive([gap('a')], waivers, '2026-11-26').waived).toHaveLength(1)
    expect(waive([gap('a')], waivers, '2026-11-27').expired).toHaveLength(1)
  })
})
