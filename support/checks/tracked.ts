import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../lab/home'

/** A file of the repository, with its text; files that aren't text have none. */
export interface TrackedFile {
  /** Relative to the checkout. */
  readonly path: string
  readonly text: string
}

/** Every text file that is committed or could be: what git tracks, and what it doesn't ignore. */
export function trackedFiles(): readonly TrackedFile[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
    encoding: 'utf8',
  })
  return listed.split('\0').flatMap((path) => {
    if (path === '' || !existsSync(join(checkout, path))) return []
    const bytes = readFileSync(join(checkout, path))
    return bytes.includes(0) ? [] : [{ path, text: bytes.toString('utf8') }]
  })
}
