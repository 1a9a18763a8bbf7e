import { expect, it } from 'vitest'
import { changedLines } from './changed-lines'

const told = (before: string, after: string) =>
  changedLines(before, after).map(
    ({ kind, text }) => `${{ before: '-', after: '+', both: ' ', gap: '…' }[kind]}${text}`,
  )

it('shows the lines that changed, with a little of what is around them', () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
  const after = lines.map((line) => ({ d: 'D', k: 'K' })[line] ?? line)
  expect(told(lines.join('\n'), after.join('\n'))).toEqual([
    ...[' b', ' c', '-d', '+D', ' e', ' f', '…'],
    ...[' i', ' j', '-k', '+K', ' l'],
  ])
})

it('is empty when nothing changed', () => {
  expect(told('a\nb', 'a\nb')).toEqual([])
})

it('shows what was added at the end', () => {
  expect(told('a\nb\nc\nd', 'a\nb\nc\nd\ne')).toEqual([' c', ' d', '+e'])
})
