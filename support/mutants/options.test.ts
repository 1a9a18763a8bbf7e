import { describe, expect, it } from 'vitest'
import { optionsOf } from './options'

const of = (line: string) => optionsOf(line.split(' ').filter((word) => word !== ''))

describe('the options of the mutants', () => {
  it('say which mutants', () => {
    const none = { help: false, generated: undefined, sample: undefined, seed: 1, rerun: false, names: [] }
    expect(of('')).toEqual(none)
    expect(of('a b')).toEqual({ ...none, names: ['a', 'b'] })
    expect(of('--sample 2 --seed 20000')).toEqual({ ...none, sample: 2, seed: 20000 })
    expect(of('--generated 9 --seed 3 --rerun')).toEqual({ ...none, generated: 9, seed: 3, rerun: true })
  })

  it.each([
    ['--sample 2 a', '--sample N or a'],
    ['a --generated 2', '--generated N or a'],
    ['--generated 2 --sample 2', '--generated N or --sample N'],
    ['a --seed 2', '--seed is of'],
    ['--seed 2', '--seed is of'],
    ['--sample 2 --rerun', '--rerun is of'],
    ['--sample 0', '--sample 0: it takes a whole number'],
    ['--smaple 2', 'Unknown option'],
    ['--sample', 'argument missing'],
  ])('are refused where one of them would be passed over: %s', (line, why) => {
    expect(() => of(line)).toThrow(
      expect.objectContaining({ code: 'RBK_MUTANTS_OPTION', message: expect.stringContaining(why) }),
    )
  })
})
