import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { characterFindings } from './characters'
import { fixed } from './fix'
import { pastingFindings } from './pasting'
import { goodPage, withBlock } from './testing/good-page'
import { checkoutWith, pageOf } from './testing/linted'

const uri = 'features/good.feature'

function afterFix(text: string): { text: string; mended: string[] } {
  const root = checkoutWith({ [uri]: text })
  const page = pageOf(text)
  const mended = fixed([...characterFindings(page), ...pastingFindings(page)], root)
  return { text: readFileSync(join(root, uri), 'utf8'), mended: mended.map(({ at }) => at) }
}

it('fixed mends the lines that it is told to, and leaves the rest of the file as it is', () => {
  const text = goodPage({ check: withBlock('ls \\ \n  -a\nls\tb\necho “c”') })
  expect(afterFix(text)).toEqual({
    text: text.replace('\\ \n', '\\\n').replace('ls\tb', 'ls b'),
    mended: [`${uri}:17`, `${uri}:15`],
  })
})

it('fixed keeps the carriage returns that an editor has put at the ends of lines', () => {
  const text = goodPage({ check: withBlock('$ ls') }).replaceAll('\n', '\r\n')
  expect(afterFix(text).text).toBe(text.replace('$ ls', 'ls'))
})

it('fixed leaves a line alone that is written in another way than it runs', () => {
  const text = goodPage({ check: withBlock('ls\t\\"\\"\\"') })
  expect(afterFix(text)).toEqual({ text, mended: [] })
})

it('fixed changes no file without need', () => {
  const text = goodPage({ check: withBlock('ls') })
  expect(afterFix(text)).toEqual({ text, mended: [] })
})
