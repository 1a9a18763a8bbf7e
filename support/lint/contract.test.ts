import { describe, expect, it } from 'vitest'
import { fieldFindings, pageTagFindings } from './contract'
import { goodPage } from './testing/good-page'
import { pageOf, told } from './testing/linted'

describe('fieldFindings', () => {
  const found = (text: string) => told(fieldFindings(pageOf(text)))

  it.each(['Use when', 'Do not use when', 'Before you begin', 'Escalate'])(
    'asks for %s, with an answer',
    (field) => {
      const page = goodPage()
      expect(found(page)).toEqual([])
      const without = page.replace(new RegExp(`\\*\\*${field}\\*\\*.*`), '')
      expect(found(without)).toEqual([`2 the page doesn't say **${field}**`])
      const unanswered = page.replace(new RegExp(`(\\*\\*${field}\\*\\*).*`), '$1')
      expect(found(unanswered)).toEqual([`2 the page doesn't say **${field}**`])
    },
  )

  it('asks a degraded mode for all of its table', () => {
    const page = (...fields: string[]) =>
      goodPage().replace(
        '\n  Rule: 1',
        `\n${fields.map((field) => `  **${field}** it.\n\n`).join('')}  Rule: 1`,
      )
    expect(found(page('What fails', 'For how long'))).toEqual([
      "2 the page doesn't say **What still works**",
      "2 the page doesn't say **What to do**",
    ])
    expect(found(page('What fails', 'What still works', 'For how long', 'What to do'))).toEqual([])
  })
})

describe('pageTagFindings', () => {
  const found = (text: string) => told(pageTagFindings(pageOf(text)))

  it('asks for an address, a reader and whether it is safe', () => {
    expect(found(goodPage())).toEqual([])
    expect(found(goodPage().replace(/^@.*/, ''))).toEqual([
      '2 no @runbook: tag: the address of the page would change with the name of its file',
      '2 no @persona: tag: nobody knows for whom this is',
      '2 neither @mutates nor @read-only: nobody knows whether it is safe',
    ])
    expect(found(goodPage().replace('@read-only', '@mutates'))).toEqual([])
  })
})
