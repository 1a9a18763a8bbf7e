/** A word of a command, quotes removed. */
export interface Word {
  readonly text: string
  /** Part of it is only known at run time: a variable, a substitution. */
  readonly dynamic: boolean
}

/** One program with its arguments, wherever it stands: in a pipe, a loop, a `$(...)`. */
export interface SimpleCommand {
  readonly words: readonly Word[]
  /** Files that its redirections write. */
  readonly writes: readonly string[]
}

/**
 * Finds every simple command of a bash script. Not a bash parser: just enough of the shell's lexical rules
 * (POSIX 2.3, bash's "Quoting" and "Redirections") that nothing that runs is missed. What it can't follow
 * comes back as a command whose name is dynamic.
 */
export function simpleCommands(script: string): SimpleCommand[] {
  return new Scanner(script).scan()
}

class Scanner {
  private at = 0
  private readonly found: SimpleCommand[] = []
  private words: Word[] = []
  private writes: string[] = []
  private word: { text: string; dynamic: boolean } | undefined
  private redirect: 'read' | 'write' | 'heredoc' | undefined
  private heredocs: { delimiter: string; expands: boolean }[] = []
  private quoted = false

  constructor(private readonly script: string) {}

  scan(): SimpleCommand[] {
    while (this.at < this.script.length) this.step(this.script[this.at] ?? '')
    this.endCommand()
    return this.found
  }

  private step(char: string): void {
    if (char === '\n') this.newline()
    else if (/\s/.test(char)) this.separator()
    else if (char === '#' && !this.word) this.at = this.lineEnd()
    else if (char === '\\') this.escape()
    else if (char === "'") this.single(this.at + 1, false)
    else if (char === '"') this.double()
    else if (char === '`') this.backtick()
    else if (char === '$') this.dollar()
    else if (this.inTest()) this.literal(char)
    else if (char === '<' || char === '>') this.redirection(char)
    else if (char === '&' && this.script[this.at + 1] === '>') this.separator()
    else if (';&|()'.includes(char)) this.terminator()
    else this.literal(char)
  }

  /** Between `[[` and `]]` operators are ordinary words. */
  private inTest(): boolean {
    return this.words[0]?.text === '[['
  }

  private literal(char: string): void {
    this.add(char)
    this.at += 1
  }

  private separator(): void {
    this.at += 1
    this.endWord()
  }

  private terminator(): void {
    this.at += 1
    this.endCommand()
  }

  private add(text: string, dynamic = false): void {
    this.word = { text: (this.word?.text ?? '') + text, dynamic: dynamic || (this.word?.dynamic ?? false) }
  }

  private endWord(): void {
    const { word, redirect, quoted } = this
    this.word = undefined
    this.quoted = false
    if (!word) return
    this.redirect = undefined
    if (redirect === 'write') this.writes.push(word.dynamic ? '$' : word.text)
    else if (redirect === 'heredoc') this.heredocs.push({ delimiter: word.text, expands: !quoted })
    else if (redirect === undefined) this.words.push(word)
    if (word.text === ']]') this.endCommand()
  }

  private endCommand(): void {
    this.endWord()
    if (this.words.length > 0 || this.writes.length > 0)
      this.found.push({ words: this.words, writes: this.writes })
    this.words = []
    this.writes = []
    this.redirect = undefined
  }

  private newline(): void {
    this.at += 1
    this.endCommand()
    for (const { delimiter, expands } of this.heredocs.splice(0)) this.heredoc(delimiter, expands)
  }

  private heredoc(delimiter: string, expands: boolean): void {
    const start = this.at
    while (this.at < this.script.length) {
      const end = this.lineEnd()
      const line = this.script.slice(this.at, end)
      if (line.replace(/^\t+/, '') === delimiter) {
        if (expands) this.nested(this.script.slice(start, this.at))
        this.at = end + 1
        return
      }
      this.at = end + 1
    }
    if (expands) this.nested(this.script.slice(start))
  }

  private lineEnd(): number {
    const end = this.script.indexOf('\n', this.at)
    return end === -1 ? this.script.length : end
  }

  private escape(): void {
    const next = this.script[this.at + 1] ?? ''
    if (next !== '\n') this.add(next)
    this.quoted = true
    this.at += 2
  }

  private single(from: number, escapes: boolean): void {
    let end = from
    while (end < this.script.length && this.script[end] !== "'")
      end += escapes && this.script[end] === '\\' ? 2 : 1
    this.add(this.script.slice(from, end), escapes)
    this.quoted = true
    this.at = end + 1
  }

  private double(): void {
    const end = closing(this.script, this.at + 1, '"')
    const inner = this.script.slice(this.at + 1, end)
    this.nested(inner)
    this.add(inner.replaceAll(/\\([$`"\\\n])/g, '$1'), /[$`]/.test(inner))
    this.quoted = true
    this.at = end + 1
  }

  private backtick(): void {
    const end = closing(this.script, this.at + 1, '`')
    this.run(this.script.slice(this.at + 1, end).replaceAll(/\\([$`\\])/g, '$1'))
    this.add('', true)
    this.at = end + 1
  }

  private dollar(): void {
    const next = this.script[this.at + 1]
    if (next === "'") {
      this.single(this.at + 2, true)
    } else if (next === '(' || next === '{') {
      const end = closing(this.script, this.at + 2, next === '(' ? ')' : '}')
      const inner = this.script.slice(this.at + 2, end)
      if (next === '{' || inner.startsWith('(')) this.nested(inner)
      else this.run(inner)
      this.add('', true)
      this.at = end + 1
    } else {
      this.add('$', true)
      this.at += 1
    }
  }

  private redirection(char: string): void {
    if (this.word && /^\d+$/.test(this.word.text) && !this.quoted) this.word = undefined
    this.endWord()
    if (this.script[this.at + 1] === '(') {
      const end = closing(this.script, this.at + 2, ')')
      this.run(this.script.slice(this.at + 2, end))
      this.add('', true)
      this.at = end + 1
      return
    }
    const [operator = char] = /^(<<<|<<-?|<>|<&|<|>>|>\||>&|>)/.exec(this.script.slice(this.at)) ?? []
    this.at += operator.length
    const duplicates = operator.endsWith('&') && /^[\d-]/.test(this.script.slice(this.at))
    const reads = operator === '<' || operator === '<<<' || operator === '<&' || duplicates
    this.redirect = operator === '<<' || operator === '<<-' ? 'heredoc' : reads ? 'read' : 'write'
  }

  /** Text that is expanded but isn't a command itself: what runs is in its substitutions. */
  private nested(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === '\\') at += 1
      else if (text[at] === '`') at = this.substitution(text, at + 1, '`')
      else if (text[at] === '$' && text[at + 1] === '(' && text[at + 2] !== '(')
        at = this.substitution(text, at + 2, ')')
    }
  }

  private substitution(text: string, from: number, close: string): number {
    const end = closing(text, from, close)
    this.run(text.slice(from, end))
    return end
  }

  private run(script: string): void {
    this.found.push(...simpleCommands(script))
  }
}

const opens: Readonly<Record<string, string>> = { ')': '(', '}': '{' }

/** Where the bracket or quote that is open before `from` closes; the text's end when it never does. */
function closing(text: string, from: number, close: string): number {
  let depth = 1
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '\\') at += 1
    else if (char === close) {
      depth -= 1
      if (depth === 0) return at
    } else if (char === opens[close]) depth += 1
    else if (close !== '`' && char === '$' && text[at + 1] === '(' && close === '"')
      at = closing(text, at + 2, ')')
    else if (close !== '"' && char === '"') at = closing(text, at + 1, '"')
    else if (close !== '"' && close !== '`' && char === "'") at = after(text, at + 1)
  }
  return text.length
}

function after(text: string, from: number): number {
  const end = text.indexOf("'", from)
  return end === -1 ? text.length : end
}
