import { describe, expect, it } from 'vitest'
import { HarnessMisused } from '../errors'
import { Mask } from './mask'

const canary = 'c4n4ry/Wx+7~pass word&<x>"\\é'
const shown = '[secret: canary]'
const mask = new Mask([{ name: 'canary', value: canary }])

describe('a secret', () => {
  it.each([
    ['as it is', canary],
    ['in JSON', JSON.stringify(canary).slice(1, -1)],
    ["in kubectl's JSON", 'c4n4ry/Wx+7~pass word\\u0026\\u003cx\\u003e\\"\\\\é'],
    ['in a URL', encodeURIComponent(canary)],
    ['in a URL, lower case', encodeURIComponent(canary).replace(/%../g, (code) => code.toLowerCase())],
    ['in a form', encodeURIComponent(canary).replaceAll('%20', '+')],
    ['in base64', Buffer.from(canary).toString('base64')],
    ['in base64 without padding', Buffer.from(canary).toString('base64').replace(/=+$/, '')],
    ['in URL-safe base64', Buffer.from(canary).toString('base64url')],
  ])('is masked %s', (_, form) => {
    expect(mask.text(`before ${form} after ${form}`)).toBe(`before ${shown} after ${shown}`)
  })

  it.each(['base64', 'base64url'] as const)(
    'is masked within a longer text in %s, wherever it lies',
    (encoding) => {
      for (let before = 0; before < 7; before++) {
        for (let after = 0; after < 4; after++) {
          const text = Buffer.from('b'.repeat(before) + canary + 'a'.repeat(after)).toString(encoding)
          const result = mask.text(text)
          expect(result).toContain(shown)
          // Besides the neighbours, nothing is left but the characters that they share with it.
          expect(result.length - shown.length).toBeLessThanOrEqual(
            Math.ceil((before * 4) / 3) + Math.ceil((after * 4) / 3) + 4,
          )
        }
      }
    },
  )

  it('is masked in base64 that is wrapped and indented', () => {
    const text = Buffer.from(`user: admin\npassword: ${canary}\nrest: ${'x'.repeat(60)}`).toString('base64')
    for (const width of [5, 20, 64, 76]) {
      const wrapped = text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n    ')
      expect(mask.text(wrapped).replaceAll(/\s/g, '')).toBe(mask.text(text).replaceAll(/\s/g, ''))
    }
  })

  it('of several lines is masked when it is indented', () => {
    const key = new Mask([{ name: 'key', value: '-----BEGIN-----\nMIIEow\nAAKCAQ\n-----END-----\n' }])
    expect(key.text('tls: |\n  -----BEGIN-----\n  MIIEow\n  AAKCAQ\n  -----END-----\nx')).toBe(
      'tls: |\n  [secret: key]\nx',
    )
  })

  it('is masked from the moment it is learnt', () => {
    const learning = new Mask()
    expect(learning.text('key created-key')).toBe('key created-key')
    learning.learn('backup user', 'created-key')
    expect(learning.text('key created-key')).toBe('key [secret: backup user]')
    expect(learning.found('created-key, created-key')).toEqual(['[secret: backup user]'])
  })

  it('that contains another is masked whole, and those that overlap leave nothing between them', () => {
    const both = new Mask([
      { name: 'short', value: 'abcdefgh' },
      { name: 'long', value: 'xxabcdefghxx' },
      { name: 'other', value: 'ghxx12345' },
    ])
    expect(both.text('-xxabcdefghxx-abcdefgh-')).toBe('-[secret: long]-[secret: short]-')
    expect(both.text('-xxabcdefghxx12345-')).toBe('-[secret: long]-')
    expect(new Mask([{ name: 'a', value: 'abcabcabc' }]).text('-abcabcabcabc-')).toBe('-[secret: a]-')
  })

  it('that is too short to be told from words is refused, without being named', () => {
    expect(() => new Mask([{ name: 'pin', value: 'abc1234' }])).toThrow(HarnessMisused)
    expect(() => mask.learn('pin', '   abc1234 ')).toThrow(/The secret pin can't be masked\n(?!.*abc1234)/)
  })

  it('stays out of a text that has none', () => {
    const text = 'no secrets\r\n  here c4n4ry/Wx+7~pass word&<x>\n'
    expect(mask.text(text)).toBe(text)
    expect(mask.found(text)).toEqual([])
  })
})

describe('text in pieces', () => {
  it('is masked as it would be whole, however it is cut', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = generator(seed)
      const masks = new Mask([
        { name: 'a', value: canary },
        { name: 'b', value: 'aabaabaab' },
        { name: 'c', value: 'aabaaXbaa' },
      ])
      const text = Array.from({ length: 20 }, () => pick(random, ingredients)).join('')
      const pieces = cut(text, random)
      const stream = masks.stream()
      const streamed = pieces.map((piece) => stream.push(piece)).join('') + stream.end()
      expect(streamed, `seed ${seed}`).toBe(masks.text(text))
      expect(masks.pieces(pieces).join(''), `seed ${seed}`).toBe(masks.text(text))
      expect(streamed).not.toContain(canary)
    }
  })

  it('is held back only where a secret may have begun', () => {
    const stream = mask.stream()
    expect(stream.push('an ordinary line\n')).toBe('an ordinary line\n')
    expect(stream.push('key: c4n4')).toBe('key: ')
    expect(stream.push('l and')).toBe('c4n4l and')
    expect(stream.push(` ${canary}`)).toBe(` ${shown}`)
    expect(stream.end()).toBe('')
  })

  it('stays in its piece, and a label is where its secret begins', () => {
    const [first, second, third] = [canary.slice(0, 4), canary.slice(4, 9), canary.slice(9)]
    expect(mask.pieces([`a ${first}`, second, `${third} b`, 'c'])).toEqual([`a ${shown}`, '', ' b', 'c'])
  })
})

it('masks a megabyte within half a second', () => {
  const many = new Mask(
    Array.from({ length: 12 }, (_, n) => ({ name: `${n}`, value: `secret-${n}-${'k'.repeat(30)}` })),
  )
  const text = 'a line of a log, as long as such lines are, with numbers 0123456789\n'.repeat(15_000)
  const started = performance.now()
  expect(many.text(text)).toBe(text)
  expect(performance.now() - started).toBeLessThan(500)
})

const ingredients = [
  canary,
  canary.slice(0, 9),
  Buffer.from(canary).toString('base64'),
  Buffer.from(`pre${canary}post`).toString('base64').replace(/.{10}/g, '$&\r\n  '),
  encodeURIComponent(canary),
  'aab',
  'aabaa',
  'Xbaa',
  '\n',
  '\r\n  ',
  ' plain text ',
]

function cut(text: string, random: () => number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const length = 1 + Math.floor(random() * 12)
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}

function pick(random: () => number, from: readonly string[]): string {
  return from[Math.floor(random() * from.length)] ?? ''
}

/** Numbers from 0 to 1, the same for a seed on every machine. */
function generator(seed: number): () => number {
  let state = seed * 2654435761
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
