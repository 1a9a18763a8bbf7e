import { expect, it } from 'vitest'
import { RunbookFailed, seenIn } from './errors'

const { message, stack } = new RunbookFailed('RBK_OUTPUT', {
  attempted: 'The command printed something else',
  expected: 'a line with: the archive is kept\nand no other',
  got: 'upload failed\nat the end',
  elapsedMs: 1200,
  lastSeen: 'Job active',
  next: 'See whether the archive is kept',
  repeat: 'grep "upload failed"',
})

it('what was seen is the headline, what was got and the last state', () => {
  const seen =
    'The command printed something else\n  got       upload failed\n            at the end\n  last seen Job active'
  expect(seenIn(message)).toBe(seen)
  expect(seenIn(`${stack}`)).toBe(`Error: ${seen}`.replace('Error', 'RunbookFailed'))
})

it('a message without fields was all seen', () => {
  expect(seenIn('stream not found\n  in the account')).toBe('stream not found\n  in the account')
})
