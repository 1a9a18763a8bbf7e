import { stripVTControlCharacters } from 'node:util'

/** A block that no run of backticks in the text can end. @param language for colours, such as `diff` */
export function fenced(text: string, language = ''): string {
  const plain = stripVTControlCharacters(text)
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${plain.trimEnd()}\n${fence}`
}

/** Text that is to be read as it is. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&')
}
