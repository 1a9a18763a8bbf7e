import MiniSearch from 'minisearch'
import type { Report } from '../report/model'
import { nearestTo } from '../report/search/nearest'
import { searchables } from '../report/search/searchable'

/** A runbook or a procedure in which words were found. */
export interface Hit {
  readonly address: string
  readonly title: string
  /** The runbook's, where the hit is one of its procedures. */
  readonly within?: string
  /** The line that is most like the words. */
  readonly line: string
}

/** Finds words, or a whole error, in titles, prose, commands and outputs, as the search of the page does; best first. */
export function search(report: Report, text: string): Hit[] {
  const all = searchables(report)
  const titles = new Map(all.map(({ address, title }) => [address, title]))
  return nearestTo(MiniSearch, all)(text, all.length).map(({ address, line }) => {
    const [runbook = ''] = address.split('.')
    const within = runbook === address ? undefined : titles.get(runbook)
    return { address, title: titles.get(address) ?? '', line, ...(within === undefined ? {} : { within }) }
  })
}
