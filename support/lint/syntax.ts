import type { Envelope } from '@cucumber/messages'
import { found, type LintFinding } from './finding'
import { scenariosOf } from './page'

/** Files that don't parse. After a file's first error the parser only guesses, so only the first is told. */
export function syntaxFindings(envelopes: readonly Envelope[]): LintFinding[] {
  const first = new Map<string, LintFinding>()
  for (const { parseError } of envelopes) {
    const uri = parseError?.source.uri
    if (!parseError || !uri || first.has(uri)) continue
    const line = parseError.source.location?.line ?? 1
    const [, wanted, got] = /expected: (.*), got '(.*)'/s.exec(parseError.message) ?? []
    const what = got === undefined ? parseError.message : `this doesn't parse as Gherkin: ${got}`
    const mend =
      wanted === undefined ? 'mend the syntax of this line' : `expected here: ${wanted.replaceAll('#', '')}`
    first.set(uri, found('syntax', { uri, line }, what, mend))
  }
  return [...first.values()]
}

/** Files in which nothing would run. */
export function emptyFileFindings(envelopes: readonly Envelope[]): LintFinding[] {
  return envelopes.flatMap(({ gherkinDocument }) => {
    if (!gherkinDocument || scenariosOf(gherkinDocument).length > 0) return []
    const spot = { uri: gherkinDocument.uri ?? '(no file)', line: 1 }
    return [found('empty', spot, 'no scenario in this file', 'write one, or remove the file')]
  })
}
