import { basename } from 'node:path'
import type { TrackedFile } from '../checks/tracked'

/** How many files of tests run at once: most of the time they wait for NATS. */
const atOnce = 5

/** The quick ones that see the most. */
const first = ['usage-script', 'restore-output', 'nats-answers', 'backup-script', 'replace-script'].map(
  (name) => `${name}.test.ts`,
)

/**
 * Files of tests that run the backup's scripts against real servers on this machine: all that there are, so that a new one
 * sees mutants too.
 *
 * @param files all of a checkout
 * @returns paths from the checkout, in groups that run at once, in their order
 */
export function scriptTests(files: readonly TrackedFile[]): string[][] {
  const paths = files
    .filter(
      ({ path, text }) =>
        path.endsWith('.test.ts') && /from '\.\/(backup-scripts|scripts-at-\w+)'/.test(text),
    )
    .map(({ path }) => path)
  const isFirst = (path: string) => first.includes(basename(path))
  const ordered = [...paths.filter(isFirst), ...paths.filter((path) => !isFirst(path))]
  return Array.from({ length: Math.ceil(ordered.length / atOnce) }, (_, group) =>
    ordered.slice(group * atOnce, (group + 1) * atOnce),
  )
}
