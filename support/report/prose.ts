/** A description, taken apart: what an operator looks for first, by name, and the rest as Markdown. */
export interface Prose {
  readonly fields: readonly { readonly label: Label; readonly text: string }[]
  readonly rest: string
}

/** The fields of the page contract, in the order in which the page shows them. */
export const labels = [
  'Use when',
  'Do not use when',
  'Impact if you wait',
  'Before you begin',
  'Escalate',
] as const

export type Label = (typeof labels)[number]

/**
 * Reads `**Use when** ...` lines. A field goes on until the next field or an empty line.
 *
 * @param description of a feature, as Gherkin keeps it: with the file's indentation
 */
export function readProse(description: string): Prose {
  const found = new Map<Label, string[]>()
  const rest: string[] = []
  let open: string[] | undefined
  for (const line of dedent(description).split('\n')) {
    const field = fieldOf(line)
    if (field) {
      open = [...(found.get(field.label) ?? []), field.text]
      found.set(field.label, open)
    } else if (open && line.trim() !== '') {
      open.push(line)
    } else {
      open = undefined
      rest.push(line)
    }
  }
  const fields = labels.flatMap((label) => {
    const lines = found.get(label)
    return lines ? [{ label, text: lines.join('\n').trim() }] : []
  })
  return { fields, rest: rest.join('\n').trim() }
}

/** Takes the indentation that all lines share away, so that Markdown doesn't read it as code. */
export function dedent(text: string): string {
  const lines = text.split('\n')
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  const shared = Math.min(...indents)
  return Number.isFinite(shared) ? lines.map((line) => line.slice(shared)).join('\n') : ''
}

function fieldOf(line: string): { label: Label; text: string } | undefined {
  const [, name, text] = /^\s*\*\*(.+?):?\*\*:?\s*(.*)$/.exec(line) ?? []
  const said = name?.toLowerCase().replace(/^don['’]t/, 'do not')
  const label = labels.find(
    (each) => each.toLowerCase() === said || (said === 'impact' && each.startsWith('Impact')),
  )
  return label === undefined || text === undefined ? undefined : { label, text }
}
