import { expect, it } from 'vitest'
import { stepPattern } from './step-pattern'

it.each([
  ['the Job {string} completes', 'the Job "a" completes'],
  ['{int} archive(s) is/are on the volume', '1 archive is on the volume'],
  ['{int} archive(s) is/are on the volume', '2 archives are on the volume'],
  ['it breaks (with more words)', 'it breaks with more words'],
  ['the archive is damaged: it {}', 'the archive is damaged: it ends early'],
  ['a \\{brace}, a \\(bracket) and 50% of a\\/b.', 'a {brace}, a (bracket) and 50% of a/b.'],
])('%s is %s', (expression, step) => {
  expect(step).toMatch(stepPattern(expression))
})

it.each([
  ['the Job {string} completes', 'the Job "a" fails'],
  ['the Job {string} completes', 'and the Job "a" completes'],
  ['it works.', 'it works!'],
  ['it breaks', 'it breaks twice'],
])('%s is not %s', (expression, step) => {
  expect(step).not.toMatch(stepPattern(expression))
})
