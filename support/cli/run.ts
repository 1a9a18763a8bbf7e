import { dirname, join } from 'node:path'
import { exitCodes } from '../gate/verdict'

/**
 * Runs cucumber-js in this process: a process of its own would load Node and TypeScript a second time (0.4 s of the
 * 1.5 s that a warm run may take to its first step). The exit code is the gate's (support/gate/exit-code.ts).
 *
 * @param args what `cucumber-js` understands: paths, `--tags`, `--name`, `--format`...
 */
export function run(args: readonly string[]): void {
  const program = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin', 'cucumber.js')
  // Until the gate is loaded cucumber ends with 1, as if a runbook had failed: for an unknown option, a broken profile.
  process.once('exit', (code) => {
    if (code === 1) process.exitCode = exitCodes.misuse
  })
  process.argv = [process.execPath, program, ...args]
  require(program)
}
