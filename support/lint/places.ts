import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { found, type LintFinding } from './finding'
import type { Page, Passage } from './page'

/** Paths into somebody's home. */
export function homePathFindings(page: Page): LintFinding[] {
  return matches(page, /(?<![\w.])(?:\/home\/[a-z][\w.-]*|\/Users\/[A-Za-z][\w.-]*|[A-Z]:\\Users\\\w+)/g).map(
    ({ text, spot }) =>
      found(
        'home-path',
        spot,
        `${text} is there on one machine only`,
        'write $HOME, or a path in this checkout',
      ),
  )
}

/** A path of the checkout, as commands, prose and `file://` name it. What goes on with a variable or a `*` isn't one. */
const path =
  /(?:(?<=file:\/\/)|(?<![\w./$}~-])(?:\.\/)?)(?:fixtures|features|docs|support)\/[\w./-]*[\w/](?![\w./-]*[*?${[])/g

/**
 * Files that a page names and that aren't there.
 *
 * @param root the checkout
 */
export function fileFindings(page: Page, root: string): LintFinding[] {
  return matches(page, path)
    .filter(({ text }) => !existsSync(join(root, text)))
    .map(({ text, spot }) =>
      found(
        'files',
        spot,
        `${text} is not there`,
        'correct the path, or add the file; paths begin at the checkout',
      ),
    )
}

function matches({ uri, blocks, prose, titles }: Page, pattern: RegExp) {
  return [...blocks, ...prose, ...titles].flatMap(({ text, lineAt }: Passage) =>
    [...text.matchAll(pattern)].map((match) => ({
      text: match[0],
      spot: { uri, line: lineAt(match.index) },
    })),
  )
}
