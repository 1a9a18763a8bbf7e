import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LintFinding } from './finding'

/**
 * Mends what findings say how to mend. A line that isn't in the file as the block has it (Gherkin writes `"""` in it
 * with backslashes) is left alone.
 *
 * @returns the findings that were mended
 */
export function fixed(findings: readonly LintFinding[], root: string): LintFinding[] {
  const mendable = findings.filter(({ fix }) => fix)
  const uris = new Set(mendable.map(({ uri }) => uri))
  return [...uris].flatMap((uri) => {
    const file = join(root, uri)
    const inFile = mendable.filter((finding) => finding.uri === uri)
    const { text, mended } = fixedText(readFileSync(file, 'utf8'), inFile)
    if (mended.length > 0) writeFileSync(file, text)
    return mended
  })
}

function fixedText(text: string, findings: readonly LintFinding[]): { text: string; mended: LintFinding[] } {
  const lines = text.split('\n')
  const mended = findings.filter(({ line, fix }) => {
    const [before, end] = apart(lines[line - 1] ?? '')
    if (!fix || !before.endsWith(fix.from)) return false
    lines[line - 1] = before.slice(0, before.length - fix.from.length) + fix.to + end
    return true
  })
  return { text: lines.join('\n'), mended }
}

/** A line, and the carriage return that some editors end it with. */
function apart(line: string): [line: string, end: string] {
  return line.endsWith('\r') ? [line.slice(0, -1), '\r'] : [line, '']
}
