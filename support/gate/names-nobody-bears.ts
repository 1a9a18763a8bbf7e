import type { Finding } from '../lint/finding'
import { meantOr } from '../nearest'
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
    const otherwise = `it is a regular expression, and was looked for in ${plural(titles.length, 'title')}`
    const mend = meantOr(name, titles, otherwise)
    return [{ at: '--name', what: `no scenario’s title matches ${name}`, mend }]
  })
}
