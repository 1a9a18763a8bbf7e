import { found, type LintFinding } from './finding'
import type { Page } from './page'

/** Marks of what is still to be done, in whatever of a page is published; remarks of the feature file are the author's own. */
export function unfinishedFindings({ uri, titles, prose, blocks }: Page): LintFinding[] {
  return [...titles, ...prose, ...blocks].flatMap(({ text, lineAt }) =>
    [...text.matchAll(/\b(?:TODO|FIXME|TBD|XXX)\b/g)].map((match) =>
      found(
        'unfinished',
        { uri, line: lineAt(match.index) },
        `${match[0]} is left on the page`,
        'do it, or keep the note in a # line of the feature file, which nobody but its author sees',
      ),
    ),
  )
}
