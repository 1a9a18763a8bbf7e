import { describe, expect, it } from 'vitest'
import { identity, message, parsedHeaders } from './message'

const payload = Buffer.from('hello')

describe('message', () => {
  it('is the same in whatever order its headers come', () => {
    const one = message(
      'a',
      [
        ['B', '1'],
        ['A', '2'],
      ],
      payload,
    )
    expect(identity(one)).toBe(
      identity(
        message(
          'a',
          [
            ['A', '2'],
            ['B', '1'],
          ],
          payload,
        ),
      ),
    )
  })

  it('is another when the values of one header change places', () => {
    const one = message(
      'a',
      [
        ['Hop', 'x'],
        ['Hop', 'y'],
      ],
      payload,
    )
    expect(identity(one)).not.toBe(
      identity(
        message(
          'a',
          [
            ['Hop', 'y'],
            ['Hop', 'x'],
          ],
          payload,
        ),
      ),
    )
  })

  it('is another when a header, the subject or the payload is', () => {
    const all = [
      message('a', [], payload),
      message('b', [], payload),
      message('a', [['A', '1']], payload),
      message('a', [], Buffer.from('')),
    ]
    expect(new Set(all.map(identity)).size).toBe(all.length)
  })
})

describe('headers of a stored message', () => {
  it('keep colons and several values under one name, and leave out the status line', () => {
    expect(parsedHeaders('NATS/1.0\r\nA: 1\r\nHop: x:y\r\nHop:z\r\n\r\n')).toEqual([
      ['A', '1'],
      ['Hop', 'x:y'],
      ['Hop', 'z'],
    ])
    expect(parsedHeaders('NATS/1.0\r\n\r\n')).toEqual([])
  })
})
