import { expect, it } from 'vitest'
import { coveredTime } from './covered-time'

it('counts an overlap once and a gap not at all', () => {
  const stretches = [
    { from: 100, to: 110 },
    { from: 0, to: 10 },
    { from: 5, to: 15 },
    { from: 6, to: 7 },
  ]
  expect(coveredTime(stretches)).toBe(25)
  expect(coveredTime([])).toBe(0)
})
