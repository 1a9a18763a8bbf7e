import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkout } from '../lab/home'

/** What a run reads of the checkout besides the runbooks themselves; documents and tests aren't. */
const read = ['{steps,support,fixtures}/**', 'package-lock.json', 'cucumber.js', 'tsconfig.json']

/**
 * The sha256 of the files with which a run would run now: its steps, scripts, manifests and packages. Two runs with different
 * ones prove nothing together.
 *
 * @param more other files, as patterns: the runbooks
 */
export function filesNow(more: readonly string[] = []): string {
  const exclude = ['**/*.test.ts', 'fixtures/mutants/**']
  // By their place in the checkout: shards of a run are on several machines.
  const names = globSync([...read, ...more], { cwd: checkout, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(checkout, join(parentPath, name)))
  const hash = createHash('sha256')
  for (const name of names.toSorted()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(checkout, name)))
      .update('\0')
  }
  return hash.digest('hex')
}
