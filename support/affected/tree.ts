import { trackedFiles } from '../checks/tracked'
import { checkout } from '../lab/home'
import { type Changes, textThen } from './changed-files'

/** The files of a checkout, by their paths. */
export class Tree {
  readonly paths: readonly string[]
  private readonly known: ReadonlySet<string>

  /**
   * @param texts   each file's text, by its path
   * @param removed those that aren't there any more; what still names them depends on their removal
   */
  constructor(
    private readonly texts: ReadonlyMap<string, string>,
    private readonly removed: ReadonlySet<string> = new Set(),
  ) {
    this.paths = [...texts.keys()].toSorted()
    this.known = new Set(this.paths)
  }

  has(path: string): boolean {
    return this.known.has(path)
  }

  isRemoved(path: string): boolean {
    return this.removed.has(path)
  }

  text(path: string): string {
    return this.texts.get(path) ?? ''
  }

  /** Every file in a folder, all the way down. */
  under(folder: string): string[] {
    return this.paths.filter((path) => path.startsWith(`${folder}/`))
  }
}

/** The checkout as it is, and the files that it has lost, as they were. */
export function treeOf({ base, files }: Changes): Tree {
  const present = trackedFiles().map(({ path, text }) => [path, text] as const)
  const there = new Set(present.map(([path]) => path))
  const lost = files.filter((path) => !there.has(path))
  const before = lost.map((path) => [path, textThen(base, path, checkout)] as const)
  return new Tree(new Map([...present, ...before]), new Set(lost))
}
