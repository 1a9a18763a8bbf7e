import { execFileSync } from 'node:child_process'
import { HarnessMisused, hasCode, messageOf } from '../errors'

/** What git answered, or why it didn't. */
export type Answer =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly words: string }

/**
 * Asks git something. It answers in English, about the folder that it is asked in.
 *
 * @throws HarnessMisused when there is no git on this machine
 */
export function askGit(folder: string, args: readonly string[]): Answer {
  const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' }
  const options = { cwd: folder, env, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 30 } as const
  try {
    return { ok: true, output: execFileSync('git', args, options) }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      throw new HarnessMisused('RBK_NO_GIT', {
        attempted: 'What has changed is asked of git, and there is no git here',
        next: 'Install git, or run without --changed-since, which runs every runbook.',
      })
    }
    const { stderr } = error as { stderr?: unknown }
    return { ok: false, words: String(stderr ?? messageOf(error)).trim() }
  }
}
