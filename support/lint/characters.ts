import { type Fix, found, type LintFinding } from './finding'
import type { Block, Page } from './page'

/** Characters of a block that look like others, or like nothing. */
export function characterFindings({ uri, blocks }: Page): LintFinding[] {
  return blocks.flatMap((block) => [
    ...(fromTheKeyboard.test(block.text)
      ? []
      : [...typographic(block, uri), ...invisible(block, uri), ...tabs(block, uri)]),
    ...brokenLines(block, uri),
  ])
}

const fromTheKeyboard = /^[\n -~]*$/

const quotes = /[‘’‚‛“”„‟«»]/g
const dashes = /(?<=^|\s)[‐-―−]+/gm

function typographic(block: Block, uri: string): LintFinding[] {
  const running = block.shell.only('code', 'quoted', 'heredoc')
  const code = block.shell.only('code')
  return [
    ...[...running.matchAll(quotes)].map((match) =>
      found(
        'typography',
        { uri, line: block.lineAt(match.index) },
        `${match[0]} is a letter to the shell, no quote`,
        'type " or \' in its place',
      ),
    ),
    ...[...code.matchAll(dashes)].map((match) =>
      found(
        'typography',
        { uri, line: block.lineAt(match.index) },
        `${match[0]} is a letter to the shell, and no option begins with it`,
        'type - or -- in its place',
      ),
    ),
  ]
}

/** Whatever Unicode calls a control, a format or a space, but for the space bar's and the tab, which has its own words. */
const unseen = /(?![ \t\n])[\p{Cc}\p{Cf}\p{Z}]/gu

function invisible({ text, lineAt }: Block, uri: string): LintFinding[] {
  return [...text.matchAll(unseen)].map((match) => {
    const code = match[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    const what = `a character that can’t be seen: U+${code}`
    return found(
      'invisible',
      { uri, line: lineAt(match.index) },
      what,
      'type a space, or nothing, in its place',
    )
  })
}

function tabs(block: Block, uri: string): LintFinding[] {
  const code = block.shell.only('code').split('\n')
  return block.lines.flatMap((line, index) => {
    if (!line.includes('\t')) return []
    const spot = { uri, line: block.lineAt(0) + index }
    const finding = found(
      'invisible',
      spot,
      'a tab: a terminal it is pasted into may complete a name',
      'use spaces',
    )
    const fix = withoutTabs(line, code[index] ?? '')
    return [fix ? { ...finding, fix } : finding]
  })
}

/** Between words a tab is to the shell what a space is; in a quoted text, a heredoc or behind a backslash it isn't. */
function withoutTabs(line: string, code: string): Fix | undefined {
  const count = (text: string) => text.split('\t').length
  if (count(line) !== count(code) || /\\\t/.test(line)) return undefined
  return { from: line, to: line.replace(/^\s+/, (all) => all.replaceAll('\t', '  ')).replaceAll('\t', ' ') }
}

function brokenLines(block: Block, uri: string): LintFinding[] {
  if (!/\\[ \t]+$/m.test(block.text)) return []
  const code = block.shell.only('code').split('\n')
  return code.flatMap((line, index) => {
    if (!/(?<!\\)(?:\\\\)*\\[ \t]+$/.test(line)) return []
    const spot = { uri, line: block.lineAt(0) + index }
    const what = 'a blank behind the \\ ends the command here, and the next line runs as one of its own'
    const finding = found('line-break', spot, what, 'remove what is behind the \\')
    const from = block.lines[index] ?? ''
    return [
      isContinuation(block.lines[index + 1]) ? { ...finding, fix: { from, to: from.trimEnd() } } : finding,
    ]
  })
}

/** No command begins with an option, a pipe or an ampersand: such a line can only belong to the one before it. */
function isContinuation(line: string | undefined): boolean {
  return line !== undefined && /^\s*(?:-|\||&)/.test(line)
}
