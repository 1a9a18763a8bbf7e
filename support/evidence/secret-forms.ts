/** How a value looks where it is printed, quoted in JSON, or put into a URL. */
export function plainForms(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1)
  const percent = encodeURIComponent(value)
  const strict = percent.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return [
    value,
    json,
    // Go's encoder, and so kubectl, escapes these as well.
    json.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
    ...[percent, strict, strict.replaceAll('%20', '+')].flatMap((form) => [
      form,
      form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ]),
  ]
}

/**
 * Base64 turns three bytes into four characters, so a value within a longer text looks one of three ways,
 * by how many bytes come before it. Characters that it shares with its neighbours are left out.
 */
export function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8')
  const within = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const alone = bytes.toString('base64')
  return [...within, alone, alone.replace(/=+$/, '')].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ])
}

/** A text without its line breaks and the indentation after them, and where its characters come from. */
export function squeeze(text: string): { text: string; origin: (at: number) => number } {
  // In order: a position in the squeezed text, and how much was left out before it.
  const cuts: { at: number; removed: number }[] = [{ at: 0, removed: 0 }]
  let removed = 0
  const squeezed = text.replace(/\r?\n[ \t]*|\r$/g, (gap, at: number) => {
    cuts.push({ at: at - removed, removed: removed + gap.length })
    removed += gap.length
    return ''
  })
  return { text: squeezed, origin: (at) => at + (cuts[lastAtMost(cuts, at)]?.removed ?? 0) }
}

function lastAtMost(cuts: readonly { at: number }[], at: number): number {
  let low = 0
  let high = cuts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((cuts[middle]?.at ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}
