import type { Finding } from '../lint/finding'
import { nearest } from '../nearest'
import { plural } from '../report/sentence'

/**
 * The `--name`s that match no scenario's title. Beside one that matches, cucumber passes over them in silence.
 *
 * @param names    regular expressions, as cucumber takes them
 * @param titlesOf the titles to choose from; asked for only where there are names
 */
export function namesNobodyBears(
  names: readonly string[],
  titlesOf: () => readonly string[],
): readonly Finding[] {
  const titles = names.length === 0 ? [] : [...new Set(titlesOf())]
  return names.flatMap((name) => {
    if (titles.some((title) => title.match(name))) return []
    const meant = nearest(name, titles)
    const mend =
      meant.length > 0
        ? `did you mean ${meant.join(' or ')}?`
        : `it is a regular expression, and was looked for in ${plural(titles.length, 'title')}`
    return [{ at: '--name', what: `no scenario’s title matches ${name}`, mend }]
  })
}
