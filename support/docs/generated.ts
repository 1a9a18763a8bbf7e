import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Pages that are made, not written: text by path under docs/. */
export type Pages = Readonly<Record<string, string>>

/** The pages that aren't on the disk as they should be: older ones, and those that aren't there. */
export function stalePages(pages: Pages, folder: string): string[] {
  return Object.entries(pages).flatMap(([name, page]) => (pageOf(name, folder) === page ? [] : [name]))
}

/** Writes the pages that are stale. */
export function writePages(pages: Pages, folder: string): void {
  for (const name of stalePages(pages, folder)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), pages[name] ?? '')
  }
}

/** A page as it is on the disk, if it's there. */
export function pageOf(name: string, folder: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    return undefined
  }
}
