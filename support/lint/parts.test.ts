import { describe, expect, it } from 'vitest'
import { partFindings, undoFindings } from './parts'
import { goodPage } from './testing/good-page'
import { pageOf, told } from './testing/linted'

function page(tags: string, ...parts: string[]) {
  const text = parts
    .map((part) => `  Rule: ${part}\n    Words.\n    Scenario: in ${part}\n      Given a\n`)
    .join('')
  return pageOf(`${tags}\nFeature: x\n${text}`)
}
const found = (...of: Parameters<typeof page>) => told(partFindings(page(...of)))
const all = ['1 Check', '2 Fix', '3 Prove it worked', '4 Undo', '5 If it goes wrong']

describe('partFindings', () => {
  it('takes the five parts, also with more behind a colon', () => {
    expect(found('@mutates', ...all)).toEqual([])
    expect(found('@mutates', ...all.with(1, '2 Fix: pause'))).toEqual([])
  })

  it.each([
    ['1 Check', 0],
    ['2 Fix', 1],
    ['3 Prove it worked', 2],
    ['5 If it goes wrong', 4],
  ])('asks for %s', (name, index) => {
    expect(found('@mutates', ...all.toSpliced(index, 1))).toEqual([`2 no part "${name}"`])
  })

  it('asks a page that only reads for the first and the last, and lets it call the second what it likes', () => {
    expect(found('@read-only', '1 Check', '5 If it goes wrong')).toEqual([])
    expect(found('@read-only', '1 Check', '2 List', '5 If it goes wrong')).toEqual([])
    expect(found('@read-only', '1 Check', '3 List')).toEqual([
      '7 part 3 is called "List" here',
      '2 no part "5 If it goes wrong"',
    ])
  })

  it('finds names, numbers and places that are the page’s own', () => {
    expect(found('@mutates', ...all.with(1, '2 Mend'))).toEqual(['7 part 2 is called "Mend" here'])
    expect(found('@mutates', ...all, '6 Notes')).toEqual(['23 there is no part 6 on other pages'])
    expect(found('@mutates', ...all, 'Notes')).toEqual(['23 part "Notes" has no number'])
    const loose = pageOf(goodPage().replace('\n  Rule: 1', '\n  Scenario: loose\n    Given a\n\n  Rule: 1'))
    expect(told(partFindings(loose))).toEqual(['11 "loose" stands in no part of the page'])
  })

  it('lets a set-up and a card have parts of their own, in sequence', () => {
    expect(found('@runbook:quick-start @mutates', '1 Deploy', '2 Verify', '3 Undo')).toEqual([])
    expect(found('@runbook:quick-start @mutates', '1 Deploy', '3 Undo')).toEqual([
      '7 part "3 Undo" comes as number 2',
    ])
  })

  it('finds a part that says nothing', () => {
    const empty = pageOf(goodPage().replace('Nothing does.', ''))
    expect(told(partFindings(empty))).toEqual(['15 part "5 If it goes wrong" is empty'])
  })
})

describe('undoFindings', () => {
  it('asks for the way back', () => {
    const of = (...args: Parameters<typeof page>) => told(undoFindings(page(...args)))
    expect(of('@mutates', '1 Check')).toEqual([
      '2 it is @mutates, and the page says nothing of how to undo it',
    ])
    expect(of('@mutates', '1 Check', '4 Undo: resume')).toEqual([])
    expect(of('@mutates @irreversible', '1 Check')).toEqual([])
    expect(of('@read-only', '1 Check')).toEqual([])
  })

  it('asks for it also where a scenario of a page that reads changes something', () => {
    const of = (tags: string, more = '') =>
      told(
        undoFindings(
          pageOf(
            `@read-only\nFeature: x\n  Rule: 1 Check\n    ${tags}\n    Scenario: close it\n      Given a\n${more}`,
          ),
        ),
      )
    expect(of('@mutates')).toEqual(['5 "close it" is @mutates, and the page says nothing of how to undo it'])
    expect(of('@mutates @irreversible')).toEqual([])
    expect(of('@mutates', '  Rule: 4 Undo\n    Open it again.\n')).toEqual([])
  })
})
