import { nearest } from '../nearest'
import { found, type LintFinding } from './finding'
import type { KnownPage } from './known-pages'
import type { Page, Passage } from './page'

/** A title in italics, a place like `nats-backup/security`, and an address behind a word that leads to a page. */
const title = /(?<![*\w])\*([A-Z][^*]*[^*\s])\*(?!\*)/g
const place = /(?<![\w/.[#-])([a-z][a-z0-9-]*)\/([a-z0-9][a-z0-9-]*)(?![\w/-])/g
const address =
  /\b(?:[Ss]ee|[Pp]ages?|[Aa]s in|[Aa]s on)\s+(?:page\s+)?([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w/-])/g

/**
 * What a page says of others that aren't there. Read as the pages are written: support/report/cross-references.ts makes
 * links of these.
 *
 * @param known every page there is
 */
export function crossReferenceFindings({ uri, prose }: Page, known: readonly KnownPage[]): LintFinding[] {
  const systems = new Set(known.map((page) => page.uri.split('/').at(-2)))
  return prose.flatMap((passage) => {
    const text = withoutCode(passage)
    const broken = (pattern: RegExp, mendOf: (match: RegExpExecArray) => string | undefined) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const mend = mendOf(match)
        const name = (pattern === place ? match[0] : (match[1] ?? '')).replaceAll(/\s+/g, ' ')
        const spot = { uri, line: passage.lineAt(match.index) }
        return mend === undefined
          ? []
          : [found('cross-references', spot, `no runbook is called ${name}`, mend)]
      })
    return [
      ...broken(title, ([, said = '']) => mendOfTitle(said.replaceAll(/\s+/g, ' '), known)),
      ...broken(place, ([all, system]) => (systems.has(system) ? mendOfPlace(all, known) : undefined)),
      ...broken(address, ([, said = '']) => mendOfAddress(said, known)),
    ]
  })
}

/** Code spans are shown as they are, so nothing in them is a link. Their length stays: it tells the line. */
function withoutCode({ text }: Passage): string {
  return text.replaceAll(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, (code) => code.replaceAll(/[^\n]/g, '`'))
}

function mendOfTitle(said: string, known: readonly KnownPage[]): string | undefined {
  const titles = known.map((page) => page.title)
  if (titles.some((each) => each.startsWith(said))) return undefined
  const meant = titles.find((each) => nearest(said, [each.slice(0, said.length), each], 1).length > 0)
  return meant === undefined
    ? 'in italics stands the title of a page, or its beginning; what is emphasised stands between **'
    : `did you mean *${meant}*?`
}

function mendOfPlace(said: string, known: readonly KnownPage[]): string | undefined {
  const places = known.map(({ uri }) => uri.replace(/^features\//, '').replace(/\.feature$/, ''))
  return places.includes(said) ? undefined : suggestion(said, places)
}

function mendOfAddress(said: string, known: readonly KnownPage[]): string | undefined {
  const addresses = known.map((page) => page.address)
  if (addresses.includes(said)) return undefined
  const moved = known.find(({ former }) => former.includes(said))
  return moved ? `it is called ${moved.address} now` : suggestion(said, addresses)
}

function suggestion(said: string, names: readonly string[]): string {
  const [meant] = nearest(said, names, 1)
  return meant === undefined
    ? 'npx runbook list has them all; the name of something else stands between `'
    : `did you mean ${meant}?`
}
