import { HarnessMisused } from '../errors'
import { type Answer, askGit } from './git'

/** What differs between a commit and the files as they are now. */
export interface Changes {
  /** The commit that is compared with: where this branch left the other. */
  readonly base: string
  /** Paths from the top of the checkout; of a file that was renamed, both names. */
  readonly files: readonly string[]
}

/**
 * Every file that differs from the merge base of a commit and HEAD: committed, staged, changed, new and not ignored,
 * removed.
 *
 * @param ref    what to compare with: a branch, a tag, a commit
 * @param folder the top of the checkout
 * @throws HarnessMisused when git can't tell, or nothing differs
 */
export function changedSince(ref: string, folder: string): Changes {
  needCheckout(folder)
  const base = mergeBase(ref, commitOf(ref, folder), folder)
  const tracked = ['diff', '--name-only', '--no-renames', '--relative', '-z', base, '--']
  const untracked = ['ls-files', '--others', '--exclude-standard', '-z']
  const names = [tracked, untracked].flatMap((args) => told(askGit(folder, args)).split('\0'))
  const files = [...new Set(names)].filter(Boolean).toSorted()
  if (files.length > 0) return { base, files }
  // On main, compared with main, this would be green for ever and have run nothing.
  throw new HarnessMisused('RBK_NO_CHANGES', {
    attempted: `Nothing differs from ${ref}, so nothing was run`,
    got: `no changed file since ${base.slice(0, 12)}, and none that is new`,
    next: 'Compare with the commit that the change began at, or run every runbook:',
    repeat: 'npx runbook run',
  })
}

/** A file as it was in a commit; nothing, if it wasn't in it. */
export function textThen(base: string, path: string, folder: string): string {
  const answer = askGit(folder, ['show', `${base}:./${path}`])
  return answer.ok ? answer.output : ''
}

/** A folder that git ignores, inside of another repository, would have no change at all. */
function needCheckout(folder: string): void {
  const inside = askGit(folder, ['rev-parse', '--is-inside-work-tree'])
  const tracked = askGit(folder, ['ls-files', '--error-unmatch', '--', 'package.json'])
  if (inside.ok && inside.output.trim() === 'true' && tracked.ok) return
  throw new HarnessMisused('RBK_NO_CHECKOUT', {
    attempted: 'What has changed can’t be known: this is not a checkout that git knows',
    got: inside.ok ? 'git has no package.json here' : inside.words,
    next: 'Run it in a clone, or without --changed-since, which runs every runbook.',
  })
}

function commitOf(ref: string, folder: string): string {
  // In CI that is a variable which isn't set.
  const spoken = ref === '' ? 'an empty name' : ref
  const answer = askGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  if (answer.ok) return answer.output.trim()
  throw new HarnessMisused('RBK_NO_SUCH_COMMIT', {
    attempted: `There is no commit to compare with: git knows none by ${spoken}`,
    ...fetchFirst(folder, `Fetch it, or name another: a branch (origin/main), a tag or a commit.`),
  })
}

function mergeBase(ref: string, commit: string, folder: string): string {
  const answer = askGit(folder, ['merge-base', commit, 'HEAD'])
  if (answer.ok) return answer.output.trim()
  throw new HarnessMisused('RBK_NO_MERGE_BASE', {
    attempted: `What has changed since ${ref} can’t be known: it and HEAD have no commit in common here`,
    ...(answer.words === '' ? {} : { got: answer.words }),
    ...fetchFirst(folder, 'Name a commit that this branch came from.'),
  })
}

/** What to do next; where the history was cut off, to fetch it. */
function fetchFirst(folder: string, otherwise: string): { next: string; repeat?: string } {
  const shallow = askGit(folder, ['rev-parse', '--is-shallow-repository'])
  if (!shallow.ok || shallow.output.trim() !== 'true') return { next: otherwise }
  const next =
    'This clone is shallow: its history is cut off. In CI check out all of it (fetch-depth: 0), or:'
  return { next, repeat: 'git fetch --unshallow origin' }
}

function told(answer: Answer): string {
  if (answer.ok) return answer.output
  throw new HarnessMisused('RBK_NO_DIFF', {
    attempted: 'What has changed can’t be known: git gave no list of changed files',
    got: answer.words,
  })
}
