import { type Fix, found, type LintFinding } from './finding'
import type { Block, Page } from './page'

/** What keeps a block from being pasted as it is: prompts, and things to fill in. */
export function pastingFindings({ uri, blocks }: Page): LintFinding[] {
  return blocks.flatMap((block) => [
    ...promptFindings(block, uri),
    ...placeholderFindings(block, uri),
    ...nothingToRun(block, uri),
  ])
}

/** `$ `, `% `, `> `, `ann@host:~$ `, `[ann@host dir]$ `, `bash-5.2# ` */
const prompt = /^\s*(?:[$%>] |\[?[\w.-]+@[\w.-]+[: ][^\s$#]*[$#] |(?:ba)?sh-[\d.]+[$#] )/
/** A root's prompt looks like a remark. What comes behind it tells: a program that is no English word, and an option. */
const rootPrompt = /^\s*# (?:sudo|kubectl|aws|nats|velero|helm|docker|mc|curl|jq)\s(?:.*\s)?--?\w/

function promptFindings(block: Block, uri: string): LintFinding[] {
  // Most blocks have none, and needn't be taken apart.
  if (!block.lines.some((line) => prompt.test(line) || rootPrompt.test(line))) return []
  const code = block.shell.only('code', 'comment').split('\n')
  const mend = 'publish what is typed, and what it prints as a Then'
  return code.flatMap((line, index) => {
    const [sign] = prompt.exec(line) ?? []
    const spot = { uri, line: lineOf(block, index) }
    if (sign !== undefined) {
      const finding = found('prompt', spot, `the line begins with a prompt: ${sign.trim()}`, mend)
      const fix = withoutPrompt(block, block.lines[index] ?? '')
      return [fix ? { ...finding, fix } : finding]
    }
    const what = 'a command behind a # is a remark: it looks like one at a root’s prompt, and doesn’t run'
    return rootPrompt.test(line) ? [found('prompt', spot, what, mend)] : []
  })
}

/** Where every line has the prompt, none of them is output, and none can have run: bash knows no program named $. */
function withoutPrompt({ lines }: Block, line: string): Fix | undefined {
  const all = lines.every((each) => each.startsWith('$ '))
  return all ? { from: line, to: line.slice(2).trimStart() } : undefined
}

const placeholder = /<[A-Za-z][\w.-]*(?: (?!\d+>)[\w.-]+)*>/g
/** Between quotes it is no redirection, and may be meant: what kubectl prints, or the name of a group in a pattern. */
const quotedPlaceholder = new RegExp(
  `(?<!\\(\\?)(?!<(?:none|nil|unknown|pending|invalid|unset)>)${placeholder.source}`,
  'g',
)
const ellipsis = /(?<=^|\s)(?:\.\.\.|\S*…\S*)(?=\s|$)/gm

function placeholderFindings(block: Block, uri: string): LintFinding[] {
  if (!/<|\.\.\.|…/.test(block.text)) return []
  const code = block.shell.only('code')
  const quoted = block.shell.only('quoted').matchAll(quotedPlaceholder)
  // A tag of XML or HTML is closed again.
  const open = [...quoted].filter(([text]) => !block.text.includes(text.replace('<', '</')))
  const mend = 'name the real thing, or put it into a variable in the first line of the block'
  return [...code.matchAll(placeholder), ...open, ...code.matchAll(ellipsis)].map((match) => {
    const spot = { uri, line: block.lineAt(match.index) }
    return found('placeholder', spot, `${match[0]} is left to be filled in`, mend)
  })
}

/** Remarks alone, or nothing at all. */
function nothingToRun(block: Block, uri: string): LintFinding[] {
  if (block.lines.some((line) => /^\s*[^\s#]/.test(line))) return []
  const spot = { uri, line: lineOf(block, 0) }
  return [found('empty', spot, 'nothing in this block runs', 'write the command, without a # in front of it')]
}

function lineOf(block: Block, index: number): number {
  return block.lineAt(0) + index
}
