import { dirname, join } from 'node:path'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'

/** What `runbook run` takes beside cucumber's own options. */
export interface RunOptions {
  /** Run what a change since this commit can affect, and nothing else. */
  readonly changedSince?: string
  /** Only say what that is. */
  readonly explain?: boolean
}

/**
 * Runs cucumber-js in this process: a process of its own would load Node and TypeScript a second time (0.4 s of the
 * 1.5 s that a warm run may take to its first step). The exit code is the gate's (support/gate/exit-code.ts).
 *
 * @param args what `cucumber-js` understands: paths, `--tags`, `--name`, `--format`...
 */
export function run(args: readonly string[], { changedSince, explain = false }: RunOptions = {}): void {
  const program = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin', 'cucumber.js')
  // Until the gate is loaded cucumber ends with 1, as if a runbook had failed: for an unknown option, a broken profile.
  process.once('exit', (code) => {
    if (code === 1) process.exitCode = exitCodes.misuse
  })
  if (explain) {
    process.exitCode = explained(changedSince, args)
    return
  }
  const paths = changedSince === undefined ? [] : changes().affectedPaths(changedSince, args)
  process.argv = [process.execPath, program, ...args, ...paths]
  require(program)
}

function explained(changedSince: string | undefined, args: readonly string[]): number {
  if (changedSince !== undefined) return changes().explain(changedSince, args)
  throw new HarnessMisused('RBK_NOTHING_TO_EXPLAIN', {
    attempted: '--explain says what a change can affect, and no change was named',
    repeat: 'npx runbook run --changed-since origin/main --explain',
  })
}

/** Loaded when it is asked for: it brings the TypeScript compiler with it. */
function changes() {
  return require('./changed-since') as typeof import('./changed-since')
}
