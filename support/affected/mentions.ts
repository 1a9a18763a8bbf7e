import { dirname } from 'node:path/posix'
import { grouped } from '../report/grouped'
import { isModule } from './module'
import { computed } from './spoken'
import type { Tree } from './tree'

/** A path below fixtures/, whole or the beginning of one: "file://fixtures/nats/s3/lifecycle.json". */
const pathPattern = new RegExp(`\\bfixtures/(?:[\\w.*${computed}-]+/?)*`, 'g')

/** The files that texts name. */
export class Mentions {
  /** Files that can be read or applied, by the last part of their paths. */
  private readonly byName: ReadonlyMap<string, readonly string[]>

  /** @param apart files that nobody means who means the whole of their folder */
  constructor(
    private readonly tree: Tree,
    private readonly apart: ReadonlySet<string> = new Set(),
  ) {
    const files = tree.paths.filter((path) => /^(fixtures|support)\//.test(path) && !isModule(path))
    // Without an ending, a file's name could be any word: those are named by their whole paths.
    this.byName = grouped(
      files.filter((path) => nameOf(path).includes('.')),
      nameOf,
    )
  }

  /** Files that are named by their paths, by the last parts of these, or as all that is in a folder. */
  files(texts: readonly string[]): string[] {
    const named = texts.flatMap(wordsOf).flatMap((word) => this.byName.get(word) ?? [])
    const paths = texts
      .flatMap((text) => text.match(pathPattern) ?? [])
      .map((path) => path.replace(/[./]+$/, ''))
    const folders = paths.flatMap((path) => this.below(path, named))
    return [...new Set([...named, ...paths.filter((path) => this.tree.has(path)), ...folders])]
  }

  /**
   * What is in a folder, or in the one that a path leads into before its end is put in; where that is done by a module,
   * the files that are named beside it, if any are.
   */
  private below(path: string, named: readonly string[]): string[] {
    if (this.tree.has(path)) return []
    const folder = path.replace(new RegExp(`/[^/]*[*${computed}].*$`), '')
    const there = this.tree.under(folder)
    if (there.length === 0 && folder.includes('/')) return this.below(dirname(folder), named)
    const all = there.filter((file) => !this.apart.has(file))
    const known = named.filter((file) => all.includes(file))
    return path.includes(computed) && known.length > 0 ? known : all
  }
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Words as file names and names of objects have them. */
export function wordsOf(text: string): string[] {
  return (text.match(/[\w.-]+/g) ?? []).map((word) => word.replace(/\.+$/, ''))
}
