import { chownSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes a file that the operator in a toolbox can read and nobody else, and that is mounted there.
 *
 * @returns the id of the user who is the operator: whoever runs this, or 1000 where that is root
 */
export function writeForOperator(file: string, text: string): number {
  rmSync(file, { force: true })
  writeFileSync(file, text, { mode: 0o600 })
  const own = process.getuid?.() ?? 1000
  if (own !== 0) return own
  chownSync(file, 1000, 1000)
  return 1000
}
