import { accountOf } from '../affected/account'
import { changedSince } from '../affected/changed-files'
import { Selector } from '../affected/selection'
import { treeOf } from '../affected/tree'
import { HarnessMisused } from '../errors'
import { pathsAsked } from '../gate/asked'
import { choosePaths } from '../gate/chosen-paths'
import { endGreenWithoutRun, endRun } from '../gate/end-run'
import { exitCodes } from '../gate/verdict'
import { checkout } from '../lab/home'

/** Runbooks that a change can affect. */
interface Affected {
  /** The features to run. */
  readonly paths: readonly string[]
  readonly areAll: boolean
  /** What is to be said of it. */
  readonly account: string
}

/**
 * The features that a change can affect, which are said with their reasons. Ends the run where there are none, and for
 * what git can't tell.
 *
 * @param ref  what to compare with
 * @param args what cucumber is asked for besides
 * @returns paths to run; none, when all are to run
 */
export function affectedPaths(ref: string, args: readonly string[]): readonly string[] {
  try {
    const { paths, areAll, account } = affectedSince(ref, args)
    if (paths.length === 0) return endGreenWithoutRun('RBK_NOTHING_AFFECTED', `Nothing to run. ${account}`)
    console.log(`${account}\n`)
    choosePaths()
    return areAll ? [] : paths
  } catch (error) {
    return endRun(error)
  }
}

/**
 * Says which runbooks a change can affect, and runs nothing: what an earlier run wrote stays.
 *
 * @throws HarnessMisused for what git can't tell
 */
export function explain(ref: string, args: readonly string[]): number {
  console.log(affectedSince(ref, args).account)
  return exitCodes.passed
}

function affectedSince(ref: string, args: readonly string[]): Affected {
  const asked = pathsAsked(args)
  if (asked.length > 0) {
    throw new HarnessMisused('RBK_PATHS_AND_CHANGES', {
      attempted: `Either a change says which runbooks to run, or paths do: ${asked.join(' ')}`,
      next: 'Leave the paths out, or --changed-since. Tags and names go with either.',
    })
  }
  const changes = changedSince(ref, checkout)
  const selection = new Selector(treeOf(changes)).select(changes.files)
  const areAll = selection.all.length > 0
  const runbooks = areAll ? selection.runbooks : selection.picked.map(({ runbook }) => runbook)
  const account = accountOf(selection, ref, changes.files.length)
  return { paths: runbooks.map(({ file }) => file), areAll, account }
}
