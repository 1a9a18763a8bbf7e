import { join } from 'node:path'
import { checkout } from '../lab/home'

/** Arguments for `process.execPath` that run one of our own programs: `support/cli/main.ts`. */
export function ownProgram(path: string): string[] {
  return ['--require', join(checkout, 'support', 'typescript.cjs'), join(checkout, path)]
}
