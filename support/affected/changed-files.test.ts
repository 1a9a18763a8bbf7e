import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changedSince, textThen } from './changed-files'

const made: string[] = []
afterAll(() => made.forEach((folder) => void rmSync(folder, { recursive: true, force: true })))

/** Nobody's settings, and no repository that a hook is in. */
beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null')
  vi.stubEnv('GIT_DIR', undefined)
})
afterEach(() => void vi.unstubAllEnvs())

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-changed-'))
  made.push(folder)
  return folder
}

function git(folder: string, ...args: string[]): string {
  const settings = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'init.defaultBranch=main',
  ]
  return execFileSync('git', [...settings, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
}

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function commit(folder: string, files: Readonly<Record<string, string>> = {}): string {
  put(folder, files)
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'x')
  return git(folder, 'rev-parse', 'HEAD').trim()
}

/** `main`, and a branch that is checked out and left it at the first commit. */
function repository(files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder()
  git(folder, 'init', '--quiet')
  commit(folder, { 'package.json': '{}', '.gitignore': 'ignored\n', a: '1', b: '1', ...files })
  git(folder, 'checkout', '--quiet', '-b', 'branch')
  return folder
}

describe('what has changed since main', () => {
  it('is what was committed, staged, edited, made, removed and renamed, and nothing that is ignored', () => {
    const folder = repository({ removed: '1', 'old name': 'long enough to be known again\n'.repeat(9) })
    commit(folder, { committed: '1' })
    put(folder, { staged: '1', a: '2', 'in/a/folder/new ü': '1', ignored: '1' })
    git(folder, 'add', 'staged')
    rmSync(join(folder, 'removed'))
    renameSync(join(folder, 'old name'), join(folder, 'new name'))
    git(folder, 'add', 'new name')
    expect(changedSince('main', folder).files).toEqual([
      ...['a', 'committed', 'in/a/folder/new ü', 'new name', 'old name', 'removed', 'staged'],
    ])
  })

  it('is not what has changed on main since', () => {
    const folder = repository()
    commit(folder, { mine: '1' })
    git(folder, 'checkout', '--quiet', 'main')
    commit(folder, { theirs: '1', b: '2' })
    git(folder, 'checkout', '--quiet', 'branch')
    expect(changedSince('main', folder).files).toEqual(['mine'])
  })

  it('is what a file’s mode has become, too', () => {
    const folder = repository()
    git(folder, 'update-index', '--chmod=+x', 'a')
    execFileSync('chmod', ['+x', join(folder, 'a')])
    expect(changedSince('HEAD', folder).files).toEqual(['a'])
  })

  it('can be read as it was', () => {
    const folder = repository()
    put(folder, { a: '2' })
    const { base } = changedSince('main', folder)
    expect(textThen(base, 'a', folder)).toBe('1')
    expect(textThen(base, 'never', folder)).toBe('')
  })

  it('is told from the checkout’s own top, in a larger repository', () => {
    const folder = repository({ 'sub/package.json': '{}', 'sub/x': '1' })
    put(folder, { 'sub/x': '2', 'sub/y': '1', a: '2' })
    const { base, files } = changedSince('main', join(folder, 'sub'))
    expect(files).toEqual(['x', 'y'])
    expect(textThen(base, 'x', join(folder, 'sub'))).toBe('1')
  })
})

describe('it is misuse to compare', () => {
  it('with a commit that isn’t there, or with no name at all', () => {
    const folder = repository()
    expect(() => changedSince('nosuch', folder)).toThrow(/git knows none by nosuch\n.*name another/)
    expect(() => changedSince('', folder)).toThrow(/git knows none by an empty name/)
    expect(() => changedSince('--all', folder)).toThrow(/git knows none by --all/)
  })

  it('when nothing differs: on main itself that would always be green', () => {
    expect(() => changedSince('main', repository())).toThrow(/Nothing differs from main, so nothing was run/)
  })

  it('where there is no checkout', () => {
    expect(() => changedSince('main', emptyFolder())).toThrow(
      /not a checkout that git knows\n.*not a git repository/,
    )
  })

  it('in a folder that the repository around it ignores', () => {
    const folder = repository()
    put(folder, { 'ignored/package.json': '{}' })
    expect(() => changedSince('main', join(folder, 'ignored'))).toThrow(/git has no package.json here/)
  })

  it('with a commit that has nothing in common', () => {
    const folder = repository()
    git(folder, 'checkout', '--quiet', '--orphan', 'other')
    commit(folder, { other: '1' })
    expect(() => changedSince('main', folder)).toThrow(/no commit in common here\n.*Name a commit/)
  })
})

describe('in a shallow clone', () => {
  const shallow = (...args: string[]) => {
    const origin = repository()
    const first = commit(origin, { c: '1' })
    commit(origin, { d: '1' })
    git(origin, 'checkout', '--quiet', 'main')
    commit(origin, { theirs: '1' })
    const folder = join(emptyFolder(), 'clone')
    git(origin, 'clone', '--quiet', '--branch', 'branch', ...args, pathToFileURL(origin).href, folder)
    return { folder, first }
  }

  it('whoever names a commit that was not fetched is told how to fetch it', () => {
    const { folder, first } = shallow('--depth', '1')
    const failure =
      /git knows none by .*\n.*This clone is shallow.*fetch-depth: 0.*\n.*git fetch --unshallow origin/
    expect(() => changedSince(first, folder)).toThrow(failure)
    expect(() => changedSince('origin/main', folder)).toThrow(failure)
  })

  it('and so is whoever names one that is there, but not where the two parted', () => {
    const { folder } = shallow('--depth', '1', '--no-single-branch')
    expect(() => changedSince('origin/main', folder)).toThrow(
      /no commit in common here\n.*This clone is shallow.*\n.*git fetch --unshallow origin/,
    )
    git(folder, 'fetch', '--quiet', '--unshallow', 'origin')
    expect(changedSince('origin/main', folder).files).toEqual(['c', 'd'])
  })
})
