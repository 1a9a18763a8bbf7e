import { expect, it } from 'vitest'
import { wrapped } from './output'

it('breaks prose between words, and keeps paragraphs', () => {
  expect(wrapped('one two three\nfour\n\nfive', 12)).toBe('  one two\n  three four\n\n  five')
})

it('breaks no word, however long', () => {
  expect(wrapped('a https://example.org/a-long-path b', 10)).toBe(
    '  a\n  https://example.org/a-long-path\n  b',
  )
})
