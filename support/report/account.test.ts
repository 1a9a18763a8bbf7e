import { describe, expect, it } from 'vitest'
import { describe as layOut, RunbookFailed } from '../errors'
import { accountOf, seenIn } from './account'

const line = (text: string, differs = false) => ({ text, differs })

describe('the account of an error', () => {
  it('is taken apart as it was put together', () => {
    const message = layOut({
      attempted: 'Job nats-backup did not complete',
      expected: 'Complete=True',
      elapsedMs: 60_100,
      lastSeen: 'pod one: Running\npod two: Failed',
      repeat: 'kubectl get pods',
    })
    expect(accountOf(message)).toEqual({
      headline: 'Job nats-backup did not complete',
      fields: [
        { label: 'expected', lines: [line('Complete=True')] },
        { label: 'after', lines: [line('60.1 s')] },
        { label: 'last seen', lines: [line('pod one: Running'), line('pod two: Failed')] },
        { label: 'repeat', lines: [line('kubectl get pods')] },
      ],
    })
  })

  it('marks what differs between two values that are JSON, and nothing else', () => {
    const message = layOut({
      attempted: 'They differ',
      expected: '{"may":["read","list"],"user":"a"}',
      got: '{"may":["read"],"user":"a"}',
    })
    expect(accountOf(message).fields).toEqual([
      {
        label: 'expected',
        lines: [
          line('{'),
          line('  "may": ['),
          line('    "read",'),
          line('    "list"', true),
          line('  ],'),
          line('  "user": "a"'),
          line('}'),
        ],
      },
      {
        label: 'got',
        lines: [
          line('{'),
          line('  "may": ['),
          line('    "read"'),
          line('  ],'),
          line('  "user": "a"'),
          line('}'),
        ],
      },
    ])
  })

  it('keeps what isn’t an account as it is: a stack', () => {
    expect(accountOf('TypeError: x\n    at f (a.ts:1:1)\n    at g (b.ts:2:2)').fields).toEqual([
      { label: '', lines: [line('    at f (a.ts:1:1)'), line('    at g (b.ts:2:2)')] },
    ])
  })
})

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
