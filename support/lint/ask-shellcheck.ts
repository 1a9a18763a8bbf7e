import { type SpawnSyncReturns, spawnSync } from 'node:child_process'

/**
 * Asks shellcheck, without what somebody set up for it on this machine: a `SHELLCHECK_OPTS` or a `.shellcheckrc` would switch
 * rules off, and what is wrong would be good there.
 *
 * @param args what it is asked for
 * @param cwd  what their paths are relative to
 */
export function askShellcheck(args: readonly string[], cwd?: string): SpawnSyncReturns<string> {
  return spawnSync('shellcheck', ['--norc', ...args], {
    encoding: 'utf8',
    env: { ...process.env, SHELLCHECK_OPTS: undefined },
    maxBuffer: 2 ** 26,
    ...(cwd === undefined ? {} : { cwd }),
  })
}
