import { describe, expect, it } from 'vitest'
import { outsideOfCode } from '../report/cross-references'
import { cell, code, fence, plain } from './markdown'

describe('markdown', () => {
  it('takes no text for markup', () => {
    expect(plain('a *b* [c](d) <e> `f` g_h \\ |')).toBe('a \\*b\\* \\[c\\](d) \\<e\\> \\`f\\` g\\_h \\\\ \\|')
  })

  it.each([
    ['x', '`x`'],
    ['a `b` c', '``a `b` c``'],
    ['`b`', '`` `b` ``'],
    [' b ', '`  b  `'],
  ])('has %j in a code span', (text, span) => expect(code(text)).toBe(span))

  it('has a block in a fence that is longer than any run of backticks in it', () => {
    expect(fence('cat <<EOF\n````\nEOF', 'bash')).toBe('`````bash\ncat <<EOF\n````\nEOF\n`````')
  })

  it('keeps a cell on its line', () => {
    expect(cell('a |\n  b \\| c')).toBe('a \\| b \\| c')
  })

  it('leaves code spans alone', () => {
    expect(outsideOfCode('a `a` ``a ` a`` a', (text) => text.replaceAll('a', 'b'))).toBe('b `a` ``a ` a`` b')
  })
})
