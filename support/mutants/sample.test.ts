import { expect, it } from 'vitest'
import { sampleOf } from './sample'
import { readSurvivors } from './survivors'

const all = Array.from({ length: 200 }, (_, index) => index)

it('a sample is the same for the same seed, and another for another', () => {
  expect(sampleOf(all, 20, 7)).toEqual(sampleOf(all, 20, 7))
  expect(sampleOf(all, 20, 7)).not.toEqual(sampleOf(all, 20, 8))
  expect(new Set(sampleOf(all, 20, 7)).size).toBe(20)
  expect(sampleOf(all, 500, 1).toSorted((a, b) => a - b)).toEqual(all)
})

it('explanations of survivors are keys with reasons', () => {
  expect(readSurvivors('"a: b": nothing can see it\n')).toEqual(new Map([['a: b', 'nothing can see it']]))
  expect(readSurvivors('{}')).toEqual(new Map())
  expect(() => readSurvivors('- a')).toThrow("can't be used")
  expect(() => readSurvivors('"a": ""')).toThrow("can't be used")
})
