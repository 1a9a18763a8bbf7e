import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { checkout } from '../lab/home'

/** What a script says when it fails. */
export interface ScriptMessage {
  /** `fixtures/images/nats-backup/lib/nats.bash:34`. */
  readonly at: string
  /** As it is written, with what the script puts in as "…". */
  readonly text: string
  /** The program that says it; undefined for one in lib/, which any may say. */
  readonly program: string | undefined
  /** What stays the same, between what the script puts in. */
  readonly fixed: readonly string[]
  /** The same of the lines "why" and "next" below it; undefined where the script makes them with commands. */
  readonly why: readonly string[] | undefined
  readonly next: readonly string[] | undefined
}

/** An exit code of the scripts. */
export interface ScriptExit {
  readonly at: string
  readonly code: number
  readonly cause: string
}

const folder = join(checkout, 'fixtures', 'images', 'nats-backup')
const scripts = ['backup', 'backup-status', 'restore']

/** The backup's scripts, by their path in the checkout. */
export function readScripts(): ReadonlyMap<string, string> {
  const lib = readdirSync(join(folder, 'lib')).filter((name) => name.endsWith('.bash'))
  const files = [...scripts, ...lib.map((name) => join('lib', name))].map((name) => join(folder, name))
  return new Map(files.map((file) => [relative(checkout, file), readFileSync(file, 'utf8')]))
}

/** Every `fail CAUSE MESSAGE …` of the scripts, with its message. */
export function messagesIn(scripts: ReadonlyMap<string, string>): ScriptMessage[] {
  return [...scripts].flatMap(([file, text]) =>
    [...text.matchAll(failing)].map((match): ScriptMessage => {
      const line = text.slice(0, match.index).split('\n').length
      const [, what = '', why, next] = match
      const parts = fixedParts(what)
      return {
        at: `${file}:${line}`,
        text: `${basename(file)}: ${parts.join('…')}`,
        program: file.includes('/lib/') ? undefined : basename(file),
        fixed: parts,
        why: why === undefined ? undefined : fixedParts(why),
        next: next === undefined ? undefined : fixedParts(next),
      }
    }),
  )
}

/** A string of the script, with its quotes. In one with commands in it, quotes are nested as deep as the script likes. */
const string = /("(?:\\.|\$\((?:[^()"]|"[^"]*")*\)|[^"\\])*"|'[^']*')/.source
const withoutCommand = /("(?:\\.|\$(?!\()|[^"\\$])*"|'[^']*')/.source
const gap = /[ ](?:\\\n\s*)?/.source

/** `fail CAUSE WHAT WHY NEXT`, also with the strings on lines of their own. */
const failing = new RegExp(
  `(?<=^|[\\s;{])fail (?:"\\$\\w+"|[\\w-]+)${gap}${string}(?:${gap}${withoutCommand}(?:${gap}${withoutCommand})?)?`,
  'g',
)

/** The exit codes that lib/messages.bash lists. */
export function exitsIn(scripts: ReadonlyMap<string, string>): ScriptExit[] {
  return [...scripts].flatMap(([file, text]) => {
    const [table = ''] = /declare -Ar exit_codes=\([^)]*\)/.exec(text) ?? []
    const before = text.slice(0, text.indexOf(table)).split('\n').length
    return table.split('\n').flatMap((line, index) => {
      const [, cause, code] = /^\s*\[([\w-]+)\]=(\d+)$/.exec(line) ?? []
      return cause && code ? [{ at: `${file}:${before + index}`, code: Number(code), cause }] : []
    })
  })
}

/** What stays the same in a string: in a double-quoted one the text between `$NAME`, `${…}` and `$(…)`, which may be nested. */
function fixedParts(string: string): string[] {
  const quoted = string.slice(1, -1)
  if (string.startsWith("'")) return [quoted]
  const parts = ['']
  for (let at = 0; at < quoted.length; at += 1) {
    const next = quoted[at + 1] ?? ''
    if (quoted[at] === '\\') {
      parts.push(`${parts.pop() ?? ''}${next}`)
      at += 1
    } else if (quoted[at] === '$' && /[({]/.test(next)) {
      at = closing(quoted, at + 1)
      parts.push('')
    } else if (quoted[at] === '$' && /\w/.test(next)) {
      at += /^\w+/.exec(quoted.slice(at + 1))?.[0].length ?? 0
      parts.push('')
    } else parts.push(`${parts.pop() ?? ''}${quoted[at]}`)
  }
  return parts
}

/** Where the bracket ends that begins at `open`. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (/[({]/.test(text[at] ?? '')) depth += 1
    if (/[)}]/.test(text[at] ?? '')) depth -= 1
    if (depth === 0) return at
  }
  return text.length
}
