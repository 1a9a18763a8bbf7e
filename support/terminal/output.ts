import { type Paint, painter } from '../report/console-text'

/** Where a page is printed: how wide it is, and whether it has colours. */
export interface Terminal {
  readonly width: number
  readonly paint: Paint
}

/** The terminal that the process writes to; a file or a pipe has no colours and the width of a page of text. */
export function ownTerminal(): Terminal {
  const { isTTY = false, columns } = process.stdout
  return {
    width: Math.min(Math.max(columns || 100, 40), 100),
    paint: painter(isTTY && !process.env.NO_COLOR),
  }
}

/** Prints a page. Whoever has seen enough of it (`| head`, q in less) closes the pipe, and that is no error. */
export function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' ? done() : fail(error),
    )
    process.stdout.write(text, (error) => void (error || done()))
  })
}

/** Breaks text into lines between words, each indented. Words are never broken. @param hanging more, from the second line on */
export function wrapped(text: string, width: number, indent = '  ', hanging = ''): string {
  const lines: string[] = []
  for (const paragraph of text.trim().split(/\n\s*\n/)) {
    if (lines.length > 0) lines.push('')
    let line = ''
    for (const word of paragraph.split(/\s+/)) {
      const start = lines.length === 0 ? indent : indent + hanging
      if (line !== '' && start.length + line.length + 1 + word.length > width) {
        lines.push(start + line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push((lines.length === 0 ? indent : indent + hanging) + line)
  }
  return lines.join('\n')
}
