import { basename } from 'node:path'

/** A change that nobody thought of: made by rule, at one place of a script. */
export interface GeneratedMutant {
  /** `snapshot.bash:59 swallow`: a file, a line of it, a rule; the line moves with the file. */
  readonly name: string
  /** Stays when lines move: file, rule, the text of the line, and which of equal lines. What an explanation names it by. */
  readonly key: string
  readonly file: string
  readonly line: number
  readonly rule: Rule
  /** The line as it is, and as it becomes. */
  readonly before: string
  readonly after: string
  /** The whole script with the change. */
  readonly text: string
}

/**
 * drop: a command isn't run. negate: a test means its opposite. swallow: what should end the script is passed over, be it by
 * `|| fail` or by `set -e`, as with the `|| true` that the procedure was handed over with.
 */
export type Rule = 'drop' | 'negate' | 'swallow'

/** Every mutant of a script. Some of them may not be bash any more: `bash -n` tells. */
export function mutantsOf(file: string, text: string): GeneratedMutant[] {
  const lines = text.split('\n')
  const code = codeLines(lines)
  const seen = new Map<string, number>()
  return lines.flatMap((line, index) => {
    if (!code.has(index)) return []
    const changes: (readonly [Rule, string, number])[] = [
      ...dropped(lines, index).map((after) => ['drop', after, 1] as const),
      ...negated(line).map((after) => ['negate', after, 1] as const),
      ...swallowed(lines, index),
    ]
    return changes.map(([rule, after, taken], number): GeneratedMutant => {
      const again = changes.slice(0, number).filter(([other]) => other === rule).length
      const nth = again === 0 ? '' : ` ${again + 1}`
      const key = `${basename(file)} ${rule}${nth}: ${line.trim()}`
      const before = seen.get(key) ?? 0
      seen.set(key, before + 1)
      return {
        name: `${basename(file)}:${index + 1} ${rule}${nth}`,
        key: before === 0 ? key : `${key} (${before + 1})`,
        file,
        line: index + 1,
        rule,
        before: line.trim(),
        after: after.trim(),
        text: [...lines.slice(0, index), after, ...lines.slice(index + taken)].join('\n'),
      }
    })
  })
}

/** Lines with something to change: no comment, no empty line, nothing of a here-document or of a quoted text of many lines. */
function codeLines(lines: readonly string[]): ReadonlySet<number> {
  const code = new Set<number>()
  let until: string | undefined
  let quoted = false
  for (const [index, line] of lines.entries()) {
    if (until !== undefined) {
      if (line.trim() === until) until = undefined
      continue
    }
    if (!quoted && /^\s*(#|$)/.test(line)) continue
    if (!quoted) {
      until = /<<-?\s*(['"]?)(\w+)\1/.exec(line)?.[2]
      code.add(index)
    }
    if (hasOpenQuote(line)) quoted = !quoted
  }
  return code
}

function hasOpenQuote(line: string): boolean {
  const outside = line.replaceAll(/\\./g, '').replaceAll(/"[^"]*"/g, '')
  return (outside.split("'").length - 1) % 2 === 1
}

const structure =
  /^\s*(\[[\w-]+\]=|if|then|else|elif|fi|for|while|until|do|done|case|esac|local|declare|return|[{})]|;;|[^\s(]*\)\s)/

/** A command of a function that stands on one line alone; a line of structure is none. */
function dropped(lines: readonly string[], index: number): string[] {
  const line = lines[index] ?? ''
  const isPart = line.endsWith('\\') || (lines[index - 1] ?? '').endsWith('\\')
  if (!/^\s+\S/.test(line) || isPart || structure.test(line)) return []
  if (/[{(|]$|<<-?\s*['"]?\w/.test(line)) return []
  return [`${/^\s*/.exec(line)?.[0] ?? ''}:`]
}

/** Where a test begins, or a command that is one; with the `!` in front of it. */
const test =
  /(?<=^\s*|[;&|]\s|\b(?:if|elif|while|until)\s)(?:! |(?=\[\[\s|\(\())|(?<=^\s*(?:if|elif)\s)(?=[a-z])/g

/** Each test of the line turned round, one at a time. */
function negated(line: string): string[] {
  return [...line.matchAll(test)].map(
    ({ 0: not, index }) => `${line.slice(0, index)}${not ? '' : '! '}${line.slice(index + not.length)}`,
  )
}

/**
 * Programs that may meet a server or a disk that is broken. The others read what the script itself has just written, and its
 * own functions end it by `fail`, which no `|| true` behind them passes over: nothing could notice those.
 */
const reachesOut = /^\s*(?:\w+=\$\()?(?:nats_cli|aws|curl|tar|mv|rm|mkdir|sync)\s/

/**
 * `… || fail …`, also over several lines, becomes `… || true`. So does a program whose failure would end the script by itself.
 * What is joined by || or && has said what happens then.
 */
function swallowed(lines: readonly string[], index: number): (readonly [Rule, string, number])[] {
  const line = lines[index] ?? ''
  const at = line.search(/\|\| fail\b/)
  if (at < 0) {
    const isWhole = dropped(lines, index).length > 0 && !hasOpenQuote(line)
    const ends = isWhole && !/\|\||&&/.test(line) && reachesOut.test(line)
    return ends ? [['swallow', `${line} || true`, 1]] : []
  }
  let taken = 1
  while ((lines[index + taken - 1] ?? '').endsWith('\\')) taken += 1
  return [['swallow', `${line.slice(0, at)}|| true`, taken]]
}
