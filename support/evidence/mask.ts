import { HarnessMisused } from '../errors'
import { base64Forms, plainForms, squeeze } from './secret-forms'

/** A value that no report, log or console may show, and the name that is shown in its place. */
export interface Secret {
  /** As a reader would call it: `nats-auth/password`. */
  readonly name: string
  readonly value: string
}

interface Form {
  readonly label: string
  readonly text: string
}

interface Span {
  readonly from: number
  readonly to: number
  readonly label: string
}

/** Shorter values can't be told from ordinary words, and masking them would mask those. */
export const shortestSecret = 8

/**
 * Replaces secrets by `[secret: <name>]`: as they are, URL-encoded, escaped as in JSON, and in base64,
 * standard and URL-safe, alone or anywhere within a longer encoded text, also where that is wrapped.
 * (Where other bytes come right before or after it, the few bits that share a character with them stay.)
 */
export class Mask {
  private readonly plain: Form[] = []
  private readonly encoded: Form[] = []

  /** @throws HarnessMisused for a value of fewer than 8 characters */
  constructor(secrets: Iterable<Secret> = []) {
    for (const { name, value } of secrets) this.learn(name, value)
  }

  /**
   * Adds a secret that came up during a run, such as the key that a procedure created. What was masked
   * before isn't masked again.
   *
   * @throws HarnessMisused for a value of fewer than 8 characters
   */
  learn(name: string, value: string): void {
    if (value.trim().length < shortestSecret) {
      throw new HarnessMisused('RBK_SECRET_TOO_SHORT', {
        attempted: `The secret ${name} can't be masked`,
        expected: `at least ${shortestSecret} characters, so that it isn't mistaken for ordinary words`,
        got: `${value.trim().length} characters`,
        next: 'Give the lab a longer one.',
      })
    }
    const label = `[secret: ${name}]`
    const add = (forms: Form[], text: string) => {
      if (!forms.some((form) => form.text === text)) forms.push({ label, text })
    }
    for (const text of plainForms(value.trim())) add(this.plain, text)
    for (const text of base64Forms(value.trim())) add(this.encoded, text)
    for (const text of base64Forms(value)) add(this.encoded, text)
    // A key of several lines is indented in YAML.
    if (value.trim().includes('\n')) add(this.encoded, squeeze(value.trim()).text)
  }

  /** @returns the text with every secret replaced */
  text(text: string): string {
    return replaced(text, this.spans(text))
  }

  /** Masks a text that lies in pieces; what stays of each piece stays in it, and a label is where its secret begins. */
  pieces(pieces: readonly string[]): readonly string[] {
    const spans = this.spans(pieces.join(''))
    let start = 0
    let next = 0
    return pieces.map((piece) => {
      const end = start + piece.length
      let shown = ''
      let at = Math.max(start, spans[next - 1]?.to ?? 0)
      for (let span = spans[next]; span && span.from < end; span = spans[++next]) {
        shown += piece.slice(at - start, span.from - start) + span.label
        at = span.to
      }
      const rest = at < end ? piece.slice(at - start) : ''
      start = end
      return shown + rest
    })
  }

  /** @returns the labels of the secrets in a text, each once */
  found(text: string): readonly string[] {
    return [...new Set(this.spans(text).map((span) => span.label))]
  }

  /** For text that arrives in pieces. Pieces of different streams want a masked stream each. */
  stream(): MaskedStream {
    return new MaskedStream(this)
  }

  /** Where secrets are, in order; those that overlap as one, under the label of the longest. */
  spans(text: string): readonly Span[] {
    const squeezed = squeeze(text)
    const found = [
      ...occurrences(this.plain, text),
      ...occurrences(this.encoded, squeezed.text).map(({ from, to, label }) => ({
        from: squeezed.origin(from),
        to: squeezed.origin(to - 1) + 1,
        label,
      })),
    ]
    return merged(found)
  }

  /** Where at the end of a text a secret may have begun; the text's length if none has. */
  begunAt(text: string): number {
    const squeezed = squeeze(text)
    const plain = text.length - longestBeginning(this.plain, text)
    const encoded = squeezed.text.length - longestBeginning(this.encoded, squeezed.text)
    return Math.min(plain, encoded < squeezed.text.length ? squeezed.origin(encoded) : text.length)
  }
}

/** Masks text piece by piece, with the result that masking it whole would have had. */
export class MaskedStream {
  private held = ''

  constructor(private readonly mask: Mask) {}

  /** @returns what is certain by now; only what may be the beginning of a secret is held back */
  push(piece: string): string {
    const text = this.held + piece
    const spans = this.mask.spans(text)
    let certain = this.mask.begunAt(text)
    for (const span of spans.toReversed()) if (span.from < certain && certain < span.to) certain = span.from
    this.held = text.slice(certain)
    return replaced(
      text.slice(0, certain),
      spans.filter((span) => span.to <= certain),
    )
  }

  /** @returns what was held back; for the end of the text */
  end(): string {
    const rest = this.mask.text(this.held)
    this.held = ''
    return rest
  }
}

function occurrences(forms: readonly Form[], text: string): Span[] {
  const found: Span[] = []
  for (const form of forms) {
    for (let at = text.indexOf(form.text); at >= 0; at = text.indexOf(form.text, at + 1)) {
      found.push({ from: at, to: at + form.text.length, label: form.label })
    }
  }
  return found
}

function merged(spans: readonly Span[]): readonly Span[] {
  const result: (Span & { longest: number })[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1)
    const length = span.to - span.from
    if (last === undefined || span.from >= last.to) {
      result.push({ ...span, longest: length })
      continue
    }
    const label = length > last.longest ? span.label : last.label
    result[result.length - 1] = {
      from: last.from,
      to: Math.max(last.to, span.to),
      label,
      longest: Math.max(last.longest, length),
    }
  }
  return result
}

/** The length of the longest end of `text` that is the beginning, but not the whole, of a form. */
function longestBeginning(forms: readonly Form[], text: string): number {
  let longest = 0
  for (const form of forms) {
    for (let length = Math.min(form.text.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(form.text.slice(0, length))) longest = length
    }
  }
  return longest
}

function replaced(text: string, spans: readonly Span[]): string {
  let result = ''
  let at = 0
  for (const span of spans) {
    result += text.slice(at, span.from) + span.label
    at = span.to
  }
  return result + text.slice(at)
}
