import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { parseMessages } from '../messages-file'

const checkout = resolve(__dirname, '..', '..', '..')

export interface FinishedRun {
  readonly envelopes: Envelope[]
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  /** What it wrote under reports/, by name. */
  readonly reports: Readonly<Record<string, string>>
}

/**
 * Runs real cucumber on small features in a folder of their own, which is removed afterwards.
 * The steps that they can use are in steps.cjs beside this file.
 *
 * @param files contents by path; features under `features/`
 * @param args  more arguments for cucumber-js; without a `--format` the messages are all there is
 */
export async function cucumberRun(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<FinishedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'report-test-'))
  try {
    for (const [path, content] of Object.entries(files)) await place(join(folder, path), content)
    await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'))
    await place(join(folder, 'steps.cjs'), await readFile(join(__dirname, 'steps.cjs'), 'utf8'))
    const ended = await cucumber(
      folder,
      ['--require', 'steps.cjs', '--format', 'message:out.ndjson', ...args],
      env,
    )
    const messages = await readFile(join(folder, 'out.ndjson'), 'utf8').catch(() => '')
    return { ...ended, envelopes: parseMessages(messages), reports: await contents(join(folder, 'reports')) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function place(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

async function contents(folder: string): Promise<Record<string, string>> {
  const items = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = items.filter((item) => item.isFile()).map(({ name }) => name)
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}

const { FORCE_COLOR: _, ...inherited } = process.env
const plain = { ...inherited, NO_COLOR: '1', TS_NODE_PROJECT: join(checkout, 'tsconfig.json') }

function cucumber(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const program = join(checkout, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
  return new Promise<Omit<FinishedRun, 'envelopes' | 'reports'>>((done) => {
    const options = { cwd, env: { ...plain, ...env }, maxBuffer: 2 ** 26 }
    const child = execFile(process.execPath, [program, ...args], options, (_, stdout, stderr) => {
      done({ stdout, stderr, exitCode: child.exitCode ?? -1 })
    })
  })
}
