import { expect, it } from 'vitest'
import { Output } from './output'

it('joins what one stream prints until the other does, and completes characters that were cut', () => {
  const seen: string[] = []
  const output = new Output(1000, ({ stream, text }) => seen.push(`${stream} ${text}`))
  const euro = Buffer.from('€')
  output.add('stdout', Buffer.from('a'))
  output.add('stdout', euro.subarray(0, 1))
  output.add('stderr', Buffer.from('!'))
  output.add('stdout', euro.subarray(1))
  output.add('stdout', Buffer.from([0xff, 0x00, 0xfe]))
  output.add('stderr', euro.subarray(0, 2))
  expect(output.end()).toEqual([
    { stream: 'stdout', text: 'a' },
    { stream: 'stderr', text: '!' },
    { stream: 'stdout', text: '€\ufffd\0\ufffd' },
    { stream: 'stderr', text: '\ufffd' },
  ])
  expect(seen).toEqual(['stdout a', 'stderr !', 'stdout €', 'stdout \ufffd\0\ufffd', 'stderr \ufffd'])
})

it('keeps nothing past its limit, and says so', () => {
  const output = new Output(5)
  output.add('stdout', Buffer.from('1234'))
  output.add('stderr', Buffer.from('5'))
  expect(output.overflowed).toBe(false)
  output.add('stdout', Buffer.from('6'))
  output.add('stderr', Buffer.from('7'))
  expect(output.overflowed).toBe(true)
  expect(output.end()).toEqual([
    { stream: 'stdout', text: '1234' },
    { stream: 'stderr', text: '5' },
  ])
})
