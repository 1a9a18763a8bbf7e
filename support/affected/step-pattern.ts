import { literal } from '../literal'

/**
 * A cucumber expression as a regular expression that matches all that cucumber would match with it, and maybe more: a
 * parameter is taken for any text at all, whatever its type.
 *
 * @param text as in a step definition: "the Job {string} completes"
 */
export function stepPattern(text: string): RegExp {
  const words = text.match(/(?:\([^)]*\)|\\.|\S)+|\s+/g) ?? []
  return new RegExp(`^${words.map(wordPattern).join('')}$`, 's')
}

function wordPattern(word: string): string {
  // "is/are" is either of them; an escaped slash is just that.
  if (/(?<!\\)\//.test(word)) return '\\S+'
  return word.replaceAll(/\\(.)|\{[^}]*\}|\(([^)]*)\)|[.*+?^$|[\]{}()]/g, (all, escaped, optional) => {
    if (escaped !== undefined) return literal(escaped)
    if (optional !== undefined) return `(?:${literal(optional)})?`
    return all.startsWith('{') ? '.*' : literal(all)
  })
}
