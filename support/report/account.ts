/** One line, or some, of an error's account (support/errors.ts). */
export interface AccountField {
  /** "expected", "got"...; empty for what no field claims, such as a stack. */
  readonly label: string
  /** A line each; `differs` where a reader should look. */
  readonly lines: ReadonlyArray<{ readonly text: string; readonly differs: boolean }>
}

const field = /^ {2}(expected|got|after|last seen|next|repeat) +(.*)$/
const continued = /^ {12}(.*)$/

/**
 * Takes a message apart again as it was laid out, so that a page can lay it out for its own width. Two values that are
 * JSON are told line by line, and the lines that only one of them has are marked: nobody finds one wrong word in two
 * paragraphs of brackets.
 */
export function accountOf(message: string): { readonly headline: string; readonly fields: AccountField[] } {
  const [headline = '', ...rest] = message.trimEnd().split('\n')
  const found: Array<{ label: string; texts: string[] }> = []
  for (const line of rest) {
    const [, label, text] = field.exec(line) ?? []
    const more = continued.exec(line)?.[1]
    const last = found.at(-1)
    if (label !== undefined) found.push({ label, texts: [text ?? ''] })
    else if (last?.label && more !== undefined) last.texts.push(more)
    else if (last && !last.label) last.texts.push(line)
    else found.push({ label: '', texts: [line] })
  }
  const expected = asJson(found.find(({ label }) => label === 'expected')?.texts)
  const got = asJson(found.find(({ label }) => label === 'got')?.texts)
  const fields = found.map(({ label, texts }): AccountField => {
    const [own, other] = label === 'expected' ? [expected, got] : label === 'got' ? [got, expected] : []
    if (!own || !other) return { label, lines: texts.map((text) => ({ text, differs: false })) }
    const others = new Set(other.map(bare))
    return { label, lines: own.map((text) => ({ text, differs: !others.has(bare(text)) })) }
  })
  return { headline, fields }
}

/**
 * Of a message what was seen: its headline, and what was got. What was expected, what to do next and where in the code it
 * was thrown are the harness's own words, and hold what the procedure says whatever happened.
 */
export function seenIn(message: string): string {
  let kept = true
  const lines = message.split('\n').filter((line) => {
    const [, label] = field.exec(line) ?? []
    if (/^ {4}at /.test(line)) kept = false
    else if (label !== undefined) kept = ['got', 'last seen'].includes(label)
    return kept
  })
  return lines.join('\n')
}

function asJson(texts: readonly string[] | undefined): string[] | undefined {
  if (texts?.length !== 1 || !/^[[{]/.test(texts[0] ?? '')) return undefined
  try {
    return JSON.stringify(JSON.parse(texts[0] ?? ''), null, 2).split('\n')
  } catch {
    return undefined
  }
}

/** A line without the comma that only says that more comes after it. */
function bare(line: string): string {
  return line.replace(/,$/, '')
}
