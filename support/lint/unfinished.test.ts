import { expect, it } from 'vitest'
import { goodPage, withBlock } from './testing/good-page'
import { pageOf, told } from './testing/linted'
import { unfinishedFindings } from './unfinished'

const found = (text: string) => told(unfinishedFindings(pageOf(text)))

it('unfinishedFindings finds what is still to be done, wherever it is published', () => {
  expect(found(goodPage().replace('Feature: good', 'Feature: TODO'))).toEqual(['2 TODO is left on the page'])
  expect(found(goodPage().replace('nobody.', 'TBD'))).toEqual(['9 TBD is left on the page'])
  expect(found(goodPage().replace('it works', 'FIXME'))).toEqual(['13 FIXME is left on the page'])
  expect(found(goodPage({ check: withBlock('true\nls # XXX') }))).toEqual(['16 XXX is left on the page'])
})

it('unfinishedFindings finds nothing on a page, nor in what only its author sees', () => {
  expect(found(goodPage({ check: withBlock('mktemp todo.XXXXXX') }))).toEqual([])
  expect(found(goodPage().replace('    Nothing', '    # TODO\n    Nothing'))).toEqual([])
})
