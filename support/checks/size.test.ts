import { expect, it } from 'vitest'
import { trackedFiles } from './tracked'

const limit = 250

it(`no TypeScript file is longer than ${limit} lines: a longer one is two files`, () => {
  const tooLong = trackedFiles()
    .filter(({ path }) => /\.tsx?$/.test(path) && !path.includes('/golden/'))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > limit)
  expect(tooLong).toEqual([])
})
