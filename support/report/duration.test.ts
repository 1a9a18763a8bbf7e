import { expect, it } from 'vitest'
import { spoken } from './duration'

it.each([
  [0, '<0.1 s'],
  [49, '<0.1 s'],
  [50, '0.1 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [125_000, '2 min 5 s'],
  [3_599_600, '1 h'],
  [11_400_000, '3 h 10 min'],
])('says %i ms as %s', (ms, said) => expect(spoken(ms)).toBe(said))
