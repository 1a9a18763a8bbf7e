import { execFileSync } from 'node:child_process'
import { messageOf } from './errors'
import { checkout } from './lab/home'

/** The commit that is checked out, marked when files differ from it. */
export function commit(): string {
  try {
    const options = { cwd: checkout, encoding: 'utf8', stdio: 'pipe' } as const
    const git = (...args: string[]) => execFileSync('git', args, options).trim()
    return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain') ? ', with changes' : ''}`
  } catch (error) {
    return `unknown (${messageOf(error).split('\n')[0]})`
  }
}
