import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nearestTo } from '../search/nearest'

/**
 * What the page's own search by an error's text stands on: MiniSearch, and `nearestTo` as its source, which is the one
 * that `runbook search` uses too.
 */
export function searchScript(): string {
  // The build for browsers isn't among the package's exports.
  const builds = dirname(dirname(require.resolve('minisearch')))
  const library = readFileSync(join(builds, 'umd', 'index.js'), 'utf8')
  // Comments are half of it, and the map isn't there.
  const bare = library.replaceAll(/^\s*(\/\*\*?[\s\S]*?\*\/|\/\/.*)$/gm, '').replaceAll(/\n\s*\n/g, '\n')
  return `${bare}\nconst nearestTo = ${nearestTo.toString()};`
}
