import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { LabBroken } from '../errors'
import { askShellcheck } from './ask-shellcheck'
import { found, type LintFinding } from './finding'
import { KnownGood } from './known-good'
import type { Block, Page } from './page'

/**
 * What isn't told of a block. It is pasted into an operator's shell, on its own: it is no script, and has no folder.
 *
 * - SC1090, SC1091: a file that it reads (`. ~/.aws/env`) is on the operator's machine, so it can't be followed.
 * - SC2016: `kubectl exec POD -- bash -c '... $HOME'` has to leave $HOME to the shell in the pod.
 * - SC2094: it takes words for files, and a runbook is full of `kubectl get secrets | jq ... >secrets`.
 * - SC1018, SC1100, SC1101, SC1110, SC1111, SC1112: characters that look like others; characters.ts finds them already.
 */
const excluded = [
  ...['SC1090', 'SC1091', 'SC2016', 'SC2094'],
  ...['SC1018', 'SC1100', 'SC1101', 'SC1110', 'SC1111', 'SC1112'],
]
const args = ['--shell=bash', `--exclude=${excluded.join(',')}`, '--format=json1']

/** Where shellcheck's own advice is for scripts: a pasted `exit` closes the operator's terminal. */
const mends: Readonly<Record<number, string>> = {
  2164: 'join it to what needs it with &&, or put both in ( set -e; ... ): a pasted exit closes the terminal',
}

/** What shellcheck says of the blocks, or why it couldn't be asked. */
export interface Shellchecked {
  readonly findings: readonly LintFinding[]
  readonly unchecked?: LabBroken
}

interface Comment {
  readonly file: string
  readonly line: number
  readonly code: number
  readonly message: string
}

/**
 * Has shellcheck look at all blocks that it hasn't called good before, in one go.
 *
 * @param root the checkout, whose node_modules keeps what was good
 */
export function shellcheckFindings(pages: readonly Page[], root: string): Shellchecked {
  const blocks = pages.flatMap(({ uri, blocks: all }) => all.map((block) => ({ uri, block })))
  if (blocks.length === 0) return { findings: [] }
  const asked = askShellcheck(['--version'])
  if (asked.error || asked.status !== 0) return { findings: [], unchecked: missing() }
  // What was kept while SHELLCHECK_OPTS was listened to may be good by that alone; the first word leaves it behind.
  const good = new KnownGood(root, ['unset SHELLCHECK_OPTS', asked.stdout, ...args].join('\n'))
  const texts = [...new Set(blocks.map(({ block }) => block.text))].filter((text) => !good.has(text))
  if (texts.length === 0) return { findings: [] }
  const said = shellcheck(texts)
  if (said instanceof LabBroken) return { findings: [], unchecked: said }
  good.add(texts.filter((text) => !said.has(text)))
  return { findings: blocks.flatMap(({ uri, block }) => findingsOf(said.get(block.text) ?? [], uri, block)) }
}

function findingsOf(comments: readonly Comment[], uri: string, block: Block): LintFinding[] {
  return comments.map(({ line, code, message }) =>
    found(
      'shellcheck',
      { uri, line: block.lineAt(0) + line - 1 },
      message,
      mends[code] ?? `SC${code} is explained at https://www.shellcheck.net/wiki/SC${code}`,
    ),
  )
}

/** @returns what it says, by text; a text that it finds nothing in is left out */
function shellcheck(texts: readonly string[]): Map<string, Comment[]> | LabBroken {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-shellcheck-'))
  try {
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}`)
      writeFileSync(file, `${text}\n`)
      return file
    })
    const { stdout, stderr, status } = askShellcheck([...args, ...files])
    if (status !== 0 && status !== 1) return broken(stderr)
    const said = new Map<string, Comment[]>()
    for (const comment of (JSON.parse(stdout) as { comments: Comment[] }).comments) {
      const text = texts[Number(basename(comment.file))] ?? ''
      said.set(text, [...(said.get(text) ?? []), comment])
    }
    return said
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function missing(): LabBroken {
  return new LabBroken('RBK_NO_SHELLCHECK', {
    attempted: 'The command blocks were not looked at: shellcheck is missing',
    next: 'Install it (elsewhere: dnf install ShellCheck, brew install shellcheck), then lint again:',
    repeat: 'apt-get install -y shellcheck',
  })
}

function broken(stderr: string): LabBroken {
  return new LabBroken('RBK_SHELLCHECK', {
    attempted: 'The command blocks were not looked at: shellcheck broke off',
    lastSeen: stderr,
    next: '0.7 or newer is needed:',
    repeat: 'shellcheck --version',
  })
}
