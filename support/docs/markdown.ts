/** Plain text in Markdown: nothing in it is taken for markup. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|~]/g, '\\$&')
}

/** Words as they are printed, in a code span that no backtick in them can end. */
export function code(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1)
  const padded = /^`|`$|^ .* $/.test(text) ? ` ${text} ` : text
  return `${ticks}${padded.replaceAll('\n', ' ')}${ticks}`
}

/** A block, byte for byte, in a fence that no backtick in it can end. */
export function fence(text: string, language = ''): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${ticks}${language}\n${text}\n${ticks}`
}

/** Markdown in a cell of a table: on one line, and with no pipe that would end the cell. */
export function cell(markdown: string): string {
  return markdown.replaceAll(/(?<!\\)\|/g, '\\|').replaceAll(/\s*\n\s*/g, ' ')
}

/** A table; cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

/** A heading that can be linked to by an address, on any host: they make ids from titles, each in its own way. */
export function heading(level: number, title: string, address: string): string {
  return `<a id="${address}"></a>\n\n${'#'.repeat(level)} ${title}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
}
