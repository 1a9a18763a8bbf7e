import { existsSync } from 'node:fs'

/** util-linux's; where there is none, a program outlives who is killed with SIGKILL. */
const setpriv = '/usr/bin/setpriv'

/**
 * Has a program die with this process, however that ends.
 *
 * @returns what to start instead: the program and its arguments
 */
export function leashed(program: string, args: readonly string[]): [string, string[]] {
  return existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'KILL', program, ...args]] : [program, [...args]]
}
