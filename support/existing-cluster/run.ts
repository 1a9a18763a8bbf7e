import { HarnessMisused } from '../errors'
import { endRun } from '../gate/end-run'
import { runWithout } from '../gate/left-out'
import { useEngine } from '../lab/engine'
import { ImageProgress } from '../lab/image-progress'
import { bringImages } from '../lab/images'
import { clusterAsked } from './asked'
import { onlyContext } from './kubeconfig'
import { type Candidate, type LeftOut, Selection } from './selection'

type Tell = (line: string) => void

/**
 * What of a selection runs on the cluster that was asked for; the rest is told, with the reason. Ends the run when nothing
 * is left, or the cluster may not be used: before anything is asked of it.
 */
export function select<Selected extends Candidate>(
  selected: readonly Selected[],
  tell: Tell,
): readonly Selected[] {
  try {
    const settings = clusterAsked()
    onlyContext(settings)
    const selection = new Selection(settings)
    const judged = selected.map((each) => ({ each, left: selection.leftOut(each) }))
    const left = judged.flatMap((one) => one.left ?? [])
    const run = judged.filter((one) => one.left === undefined).map(({ each }) => each)
    if (run.length === 0) throw nothingLeft(settings.name, left)
    tell(
      `on ${settings.name} (context ${settings.context}, ${settings.server}): ${run.length} of ${selected.length} scenarios`,
    )
    const leftOut = grouped(left)
    for (const line of leftOut) tell(line)
    // In gate.json and summary.md, too: of a verdict alone nobody could say what it is about.
    runWithout(leftOut)
    return run
  } catch (error) {
    return endRun(error)
  }
}

/**
 * The engine and the toolbox's image: all that such a run needs of this machine.
 *
 * @param asked how many workers, and how often what failed is to be tried again
 * @throws HarnessMisused for more than a cluster can give on which nothing is put back
 */
export async function prepare(
  { parallel, retry }: { readonly parallel: number; readonly retry: number },
  tell: Tell,
): Promise<void> {
  if (parallel > 1 || retry > 0) {
    throw new HarnessMisused('RBK_CLUSTER_OPTIONS', {
      attempted:
        'An existing cluster is one place, where nothing is put back: neither for another worker nor for another try',
      next: 'Leave --parallel and --retry away.',
    })
  }
  await useEngine(tell)
  await bringImages(['toolbox'], new ImageProgress(tell))
}

function nothingLeft(name: string, left: readonly LeftOut[]): HarnessMisused {
  return new HarnessMisused('RBK_NOTHING_SELECTED', {
    attempted: `Nothing of what was asked for runs on ${name}`,
    got: grouped(left).join('\n') || 'nothing was asked for',
    next: 'docs/existing-cluster.md says what runs on a cluster that is not the lab’s, and how a runbook that changes something is named.',
  })
}

/** A line for each reason, with the scenarios that it holds for. */
function grouped(left: readonly LeftOut[]): string[] {
  const reasons = [...new Set(left.map(({ why }) => why))]
  return reasons.map((why) => {
    const lines = new Map<string, number[]>()
    for (const { uri, line } of left.filter((each) => each.why === why))
      lines.set(uri, [...(lines.get(uri) ?? []), line])
    const places = [...lines].map(([uri, numbers]) => [uri, ...numbers].join(':'))
    return `left out, ${why}: ${places.join(' ')}`
  })
}
