import { dirname, join } from 'node:path'
import { HarnessMisused } from '../errors'
import { isClusterAsked, variable } from '../existing-cluster/asked'
import { retryFilter } from '../gate/retry-filter'
import { exitCodes } from '../gate/verdict'
import { checkout } from '../lab/home'

/** What `runbook run` takes beside cucumber's own options. */
export interface RunOptions {
  /** Run what a change since this commit can affect, and nothing else. */
  readonly changedSince?: string
  /** Only say what that is. */
  readonly explain?: boolean
  /** Go on with the last run. */
  readonly rerun?: boolean
  /** How often. */
  readonly repeat?: string
  /** The file of an existing cluster to run on. */
  readonly cluster?: string
}

/**
 * `runbook run`: all that is asked for, what a change can affect, what the last run left, or the same again and again.
 *
 * @param args what `cucumber-js` understands: paths, `--tags`, `--name`, `--format`...
 * @throws HarnessMisused for options that don't go together
 */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<void> {
  const { changedSince, explain = false, rerun = false, repeat, cluster } = options
  refuseTogether({ '--changed-since': changedSince, '--rerun': rerun || undefined })
  refuseTogether({ '--changed-since': changedSince, '--repeat': repeat })
  // Of two places there is no one verdict, and on a cluster where nothing is put back an order other than the page's proves nothing.
  const where = cluster === undefined && isClusterAsked() ? { [variable]: true } : { '--cluster': cluster }
  refuseTogether({ ...where, '--rerun': rerun || undefined })
  refuseTogether({ ...where, '--repeat': repeat })
  if (cluster !== undefined) process.env[variable] = cluster
  if (explain) {
    process.exitCode = explained(changedSince, args)
  } else if (repeat !== undefined) {
    process.exitCode = await load.repeat().repeat(repeat, args, rerun)
  } else if (rerun) {
    const left = await load.rerun().rerun(args)
    if (typeof left === 'number') process.exitCode = left
    else once(left)
  } else {
    const paths = changedSince === undefined ? [] : load.changes().affectedPaths(changedSince, args)
    once([...args, ...paths])
  }
}

/**
 * Runs cucumber-js in this process: a process of its own would load Node and TypeScript a second time (0.4 s of the
 * 1.5 s that a warm run may take to its first step). The exit code is the gate's (support/gate/exit-code.ts).
 */
function once(args: readonly string[]): void {
  const program = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin', 'cucumber.js')
  // Until the gate is loaded cucumber ends with 1, as if a runbook had failed: for an unknown option, a broken profile.
  process.once('exit', (code) => {
    if (code === 1) process.exitCode = exitCodes.misuse
  })
  process.argv = [process.execPath, program, ...args, ...retryFilter(args, checkout)]
  require(program)
}

function explained(changedSince: string | undefined, args: readonly string[]): number {
  if (changedSince !== undefined) return load.changes().explain(changedSince, args)
  throw new HarnessMisused('RBK_NOTHING_TO_EXPLAIN', {
    attempted: '--explain says what a change can affect, and no change was named',
    repeat: 'npx runbook run --changed-since origin/main --explain',
  })
}

function refuseTogether(options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined)
  if (given.length < 2) return
  throw new HarnessMisused('RBK_OPTIONS', {
    attempted: `${given.join(' and ')} can't be had together`,
    next: 'Keep one of them.',
  })
}

/** Loaded when they are asked for: a run is not to wait for the TypeScript compiler of another. */
const load = {
  changes: () => require('./changed-since') as typeof import('./changed-since'),
  repeat: () => require('../repeat/repeat') as typeof import('../repeat/repeat'),
  rerun: () => require('../rerun/rerun') as typeof import('../rerun/rerun'),
}
