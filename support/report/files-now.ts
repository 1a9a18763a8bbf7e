import { hash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkout } from '../lab/home'

/** What a run reads of the checkout besides the runbooks themselves; documents and tests aren't. */
const read = ['{steps,support,fixtures}/**', 'package-lock.json', 'cucumber.js', 'tsconfig.json']

/**
 * The sha256 of the files with which a run would run now: its steps, scripts, manifests and packages. Two runs with different
 * ones prove nothing together.
 */
export function filesNow(): string {
  return sha256Of(contentsNow())
}

/**
 * The sha256 of each of these files, by its place in the checkout.
 *
 * @param more other files, as patterns: the runbooks
 */
export function contentsNow(more: readonly string[] = []): ReadonlyMap<string, string> {
  const exclude = ['**/*.test.ts', 'fixtures/mutants/**']
  // By their place in the checkout: shards of a run are on several machines.
  const names = globSync([...read, ...more], { cwd: checkout, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(checkout, join(parentPath, name)))
  return new Map(names.toSorted().map((name) => [name, hash('sha256', readFileSync(join(checkout, name)))]))
}

/** One sha256 for all of them. */
export function sha256Of(contents: ReadonlyMap<string, string>): string {
  return hash('sha256', [...contents].map(([name, content]) => `${content} ${name}\0`).join(''))
}
