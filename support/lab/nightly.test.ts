import { expect, it } from 'vitest'
import { untilNightIsOver } from './nightly'

it.each([
  ['2026-11-27T01:56:59Z', 0],
  ['2026-11-27T01:57:01Z', 180_000],
  ['2026-11-27T01:59:59.500Z', 1_500],
  ['2026-11-27T02:00:00Z', 1_000],
  ['2026-11-27T02:00:01Z', 0],
  ['2026-11-27T02:00:02Z', 0],
  ['2026-11-27T14:00:00Z', 0],
])('at %s a scenario that begins waits until the nightly backup has started', (at, wait) => {
  expect(untilNightIsOver(new Date(at))).toBe(wait)
})
