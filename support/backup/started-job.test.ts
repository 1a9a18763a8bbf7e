import { expect, it } from 'vitest'
import { newestOf } from './started-job'

const jobs = [
  'slow',
  'slow-20261127-020000',
  'slow-20261127-020101',
  'slow-link-20261127-030000',
  'slow-2026',
]

it.each([
  ['slow', 'slow-20261127-020101'],
  ['slow-link', 'slow-link-20261127-030000'],
  ['cut-off', 'cut-off'],
])('a Job that a page calls %s is %s', (name, job) => {
  expect(newestOf(name, jobs)).toBe(job)
})
