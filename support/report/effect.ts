import { backupTools } from './backup-tools'
import { type SimpleCommand, simpleCommands, type Word } from './shell-words'
import { type Tool, tools } from './tools'

/** What a block does to the system, for its badge. */
export interface Effect {
  readonly level: 'reads' | 'changes' | 'destroys'
  /** The command that decides, shortened: "kubectl create job". Empty for a block that only reads. */
  readonly because: string
}

/**
 * Classifies a bash block by its most dangerous command. Errs to the dangerous side: a program or verb it doesn't
 * know, a script it can't see (`bash deploy.sh`), a word that is only known at run time (`$CMD`) counts as a change.
 */
export function effectOf(script: string): Effect {
  return gravest(simpleCommands(script).map(commandEffect))
}

const nothing: Effect = { level: 'reads', because: '' }

function gravest(effects: readonly Effect[]): Effect {
  return (
    effects.find((effect) => effect.level === 'destroys') ??
    effects.find((effect) => effect.level === 'changes') ??
    nothing
  )
}

function commandEffect(command: SimpleCommand): Effect {
  const target = command.writes.find((path) => !isScratch(path))
  const written: Effect[] = target === undefined ? [] : [{ level: 'changes', because: `writes ${target}` }]
  return gravest([programEffect(command.words), ...written])
}

/** Writing here leaves nothing on the system that is operated. */
function isScratch(path: string): boolean {
  return /^\/dev\/(null|stdout|stderr|tty)$/.test(path) || /^\/tmp\/\w[\w.-]*$/.test(path)
}

const keywords = new Set('if then elif else fi while until do done ! { } time esac'.split(' '))
const tests = new Set(['for', 'select', 'case', '[[', '[', 'test'])
const assignment = /^\w+\+?=/

function programEffect(all: readonly Word[]): Effect {
  const start = all.findIndex((word) => !keywords.has(word.text) && !assignment.test(word.text))
  const [program, ...rest] = start === -1 ? [] : all.slice(start)
  if (!program) return nothing
  if (program.dynamic) return { level: 'changes', because: 'a command known only at run time' }
  if (tests.has(program.text)) return nothing
  const name = program.text.split('/').at(-1) ?? program.text
  if (shells.has(name)) return shellEffect(name, rest)
  const wrapped = wrappedBy(name, rest)
  if (wrapped && wrappers[name]) return programEffect(wrapped)
  const tool = tools[name] ?? backupTools[name]
  const own: Effect = tool ? verbEffect(name, tool, rest) : { level: 'changes', because: name }
  return wrapped ? gravest([programEffect(wrapped), own]) : own
}

const shells = new Set(['bash', 'sh', 'dash', 'ash'])

function shellEffect(name: string, rest: readonly Word[]): Effect {
  const at = rest.findIndex((word) => /^-\w*c$/.test(word.text))
  const script = at === -1 ? undefined : rest[at + 1]
  return script && !script.dynamic ? effectOf(script.text) : { level: 'changes', because: name }
}

const wrappers: Readonly<Record<string, { readonly valued: readonly string[]; readonly skip: number }>> = {
  command: { valued: [], skip: 0 },
  env: { valued: ['-u', '-C'], skip: 0 },
  exec: { valued: ['-a'], skip: 0 },
  nice: { valued: ['-n'], skip: 0 },
  nohup: { valued: [], skip: 0 },
  sudo: { valued: ['-u', '-g', '-h'], skip: 0 },
  timeout: { valued: ['-s', '-k'], skip: 1 },
  watch: { valued: ['-n'], skip: 0 },
  xargs: { valued: ['-n', '-I', '-P', '-L', '-d', '-s', '-E', '-a'], skip: 0 },
}

/** The command that a command runs: `sudo X`, `timeout 5 X`, `kubectl exec POD -- X`, `find -exec X`. */
function wrappedBy(name: string, rest: readonly Word[]): readonly Word[] | undefined {
  const marker = name === 'kubectl' ? /^--$/ : name === 'find' ? /^-(exec|ok)(dir)?$/ : undefined
  if (marker) {
    const at = rest.findIndex((word) => marker.test(word.text))
    return at === -1 ? undefined : rest.slice(at + 1)
  }
  const wrapper = wrappers[name]
  if (!wrapper) return undefined
  let at = 0
  while (rest[at]?.text.startsWith('-') || assignment.test(rest[at]?.text ?? '')) {
    at += wrapper.valued.includes(rest[at]?.text ?? '') ? 2 : 1
  }
  return rest.slice(at + wrapper.skip)
}

function verbEffect(name: string, tool: Tool, rest: readonly Word[]): Effect {
  const path = verbs(rest, tool.valued ?? [])
  const flags = rest.filter((word) => word.text.startsWith('-')).map((word) => word.text)
  const level = tool.refine?.(path, flags) ?? levelByTable(tool, path)
  return level === 'reads' ? nothing : { level, because: [name, ...path.slice(0, tool.depth ?? 0)].join(' ') }
}

function levelByTable(tool: Tool, path: readonly string[]): Effect['level'] {
  const said = `${path.join(' ')} `
  const names = (verb: string) =>
    verb.endsWith('*') ? said.startsWith(verb.slice(0, -1)) : said.startsWith(`${verb} `)
  if (tool.destroys?.some(names)) return 'destroys'
  return tool.reads === 'all' || tool.reads?.some(names) ? 'reads' : 'changes'
}

/** The words that aren't flags, nor the values of flags that take one. */
function verbs(words: readonly Word[], valued: readonly string[]): string[] {
  const found: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const { text = '', dynamic = false } = words[at] ?? {}
    if (text === '--') break
    if (!text.startsWith('-') || text === '-') found.push(dynamic ? '$' : text)
    else if (valued.includes(text)) at += 1
  }
  return found
}
