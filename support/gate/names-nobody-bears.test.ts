import { expect, it } from 'vitest'
import { namesNobodyBears } from './names-nobody-bears'

const found = (...names: string[]) =>
  namesNobodyBears(names, () => ['deploy it', 'undo all', 'deploy it']).map(
    ({ at, what, mend }) => `${at}: ${what}: ${mend}`,
  )

it('names that no scenario bears are found beside those that match, with what may have been meant', () => {
  expect(found('^deploy', 'undo (one|all)', 'it$')).toEqual([])
  expect(found('^deploy', 'deploi it', 'nosuch.*name')).toEqual([
    '--name: no scenario’s title matches deploi it: did you mean deploy it?',
    '--name: no scenario’s title matches nosuch.*name: it is a regular expression, and was looked for in 2 titles',
  ])
})

it('without a name nothing is looked at', () => {
  const none = () => {
    throw new Error('looked')
  }
  expect(namesNobodyBears([], none)).toEqual([])
})
