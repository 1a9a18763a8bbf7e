import MiniSearch from 'minisearch'
import { expect, it } from 'vitest'
import { readFeatureFiles } from '../feature-files'
import { reportOf } from '../report'
import { scenariosOf } from '../report-parts'
import { nearestTo } from './nearest'
import { searchables } from './searchable'

const report = reportOf(readFeatureFiles().map(({ document }) => ({ gherkinDocument: document })))
const nearest = nearestTo(MiniSearch, searchables(report))

/** What somebody has in the terminal: the words of a title between others, at another time. */
const pasted = (words: string) => `2027-03-01T02:00:07Z nats-backup-29731680-x7k2p: ${words} (at 10.96.0.17)`

const titled = scenariosOf(report).flatMap(({ address, title }) => {
  const [, words] = /^"(.+?)"(?::|$)/.exec(title) ?? []
  return words === undefined ? [] : [[words, address] as const]
})

it('knows many errors by their words', () => {
  expect(titled.length).toBeGreaterThan(40)
})

it.each(titled)('“%s” leads to #%s', (words, address) => {
  expect(nearest(pasted(words), 5).map((near) => near.address)).toContain(address)
})
