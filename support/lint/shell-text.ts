/** What a character of a script is to the shell. */
type Kind = 'code' | 'quoted' | 'comment' | 'heredoc'

/**
 * A script of which some kinds of text can be looked at alone. Not a parser: just enough of the shell's lexical rules to
 * tell a redirection from a `<` between quotes.
 */
export class ShellText {
  private pieces: readonly Piece[] | undefined

  constructor(private readonly script: string) {}

  /** The script with all that is of another kind replaced by `_`, character by character. */
  only(...kept: readonly Kind[]): string {
    this.pieces ??= new Reader(this.script).read()
    return this.pieces
      .map(({ kind, text }) => (kept.includes(kind) ? text : text.replaceAll(/[^\n]/g, '_')))
      .join('')
  }
}

interface Piece {
  readonly kind: Kind
  text: string
}

/** What means nothing to the shell, a run at a time. */
const plain = /[\w./:=,@%+~^-]+/y
const plainQuoted = /[^"`$\\]+/y
const single = /\$'(?:\\.|[^'\\])*'?|'[^']*'?/sy
const escaped = /\\./sy
const comment = /#.*/y
const hereString = /<<</y
const heredoc = /<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1/y

class Reader {
  private readonly pieces: Piece[] = []
  private at = 0
  /** The brackets and quotes that are open, innermost last. */
  private readonly open: ('(' | '`' | '"')[] = []
  /** The words that end the heredocs which begin after this line. */
  private readonly ends: string[] = []

  constructor(private readonly script: string) {}

  read(): readonly Piece[] {
    while (this.at < this.script.length) {
      if (this.open.at(-1) === '"') this.withinQuotes()
      else this.code()
    }
    return this.pieces
  }

  private withinQuotes(): void {
    const run = this.match(plainQuoted)
    if (run) this.take(run[0].length, 'quoted')
    else this.specialQuoted()
  }

  private specialQuoted(): void {
    const char = this.script[this.at]
    const substitution = char === '$' && this.script[this.at + 1] === '('
    if (char === '"') this.open.pop()
    else if (char === '`') this.open.push('`')
    else if (substitution) this.open.push('(')
    this.take(substitution || char === '\\' ? 2 : 1, 'quoted')
  }

  private code(): void {
    const run = this.match(plain)
    if (run) this.take(run[0].length, 'code')
    else this.special()
  }

  private special(): void {
    const { at, script } = this
    const quoted = this.match(single)
    const literal = this.match(escaped) ?? this.match(hereString)
    const beginsWord = at === 0 || /[\s;&|()]/.test(script[at - 1] ?? '')
    const remark = beginsWord ? this.match(comment) : undefined
    const begun = this.match(heredoc)
    if (quoted) this.take(quoted[0].length, 'quoted')
    else if (literal) this.take(literal[0].length, 'code')
    else if (remark) this.take(remark[0].length, 'comment')
    else if (begun) this.beginHeredoc(begun[0].length, begun[2] ?? '')
    else this.character(script[at] ?? '')
  }

  private character(char: string): void {
    if (char === '"' || char === '(') this.open.push(char)
    else if (char === ')' && this.open.at(-1) === '(') this.open.pop()
    else if (char === '`' && this.open.at(-1) === '`') this.open.pop()
    else if (char === '`') this.open.push('`')
    this.take(1, char === '"' ? 'quoted' : 'code')
    if (char === '\n') for (const end of this.ends.splice(0)) this.heredoc(end)
  }

  private beginHeredoc(length: number, end: string): void {
    this.ends.push(end)
    this.take(length, 'code')
  }

  /** Its text, with the line that ends it. */
  private heredoc(end: string): void {
    const text = this.script.slice(this.at)
    const last = new RegExp(`^\\t*${end}$`, 'm').exec(text)
    this.take(last ? last.index + last[0].length : text.length, 'heredoc')
  }

  private take(length: number, kind: Kind): void {
    const text = this.script.slice(this.at, this.at + length)
    const last = this.pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else this.pieces.push({ kind, text })
    this.at += length
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    return pattern.exec(this.script) ?? undefined
  }
}
