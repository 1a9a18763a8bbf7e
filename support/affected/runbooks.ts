import { HarnessMisused } from '../errors'
import { runbookAddress } from '../report/address'
import { parseFeatures } from '../report/feature-files'
import type { Tree } from './tree'

/** A runbook, as far as it depends on anything. */
export interface Runbook {
  readonly file: string
  /** The name by which people quote it. */
  readonly name: string
  readonly steps: readonly string[]
  /** Command blocks, and the other texts that are given to steps. */
  readonly blocks: readonly string[]
}

/**
 * Every runbook that there is.
 *
 * @throws HarnessMisused when there is none, or one doesn't parse
 */
export function runbooksIn(tree: Tree): Runbook[] {
  const files = tree.paths.filter((path) => isFeature(path) && !tree.isRemoved(path))
  const parsed = parseFeatures(files.map((uri) => ({ uri, text: tree.text(uri) })))
  const runbooks = parsed.map(({ uri, document, pickles }): Runbook => {
    const steps = pickles.flatMap((pickle) => pickle.steps)
    const blocks = steps.flatMap(({ argument }) => [
      ...(argument?.docString ? [argument.docString.content] : []),
      ...(argument?.dataTable?.rows ?? []).flatMap(({ cells }) => cells.map(({ value }) => value)),
    ])
    const name = document.feature ? runbookAddress(document.feature, uri) : uri
    return {
      file: uri,
      name,
      steps: [...new Set(steps.map(({ text }) => text))],
      blocks: [...new Set(blocks)],
    }
  })
  if (runbooks.length > 0) return runbooks
  throw new HarnessMisused('RBK_NO_RUNBOOK', {
    attempted: 'There is no runbook under features/, so nothing can be affected',
  })
}

export function isFeature(path: string): boolean {
  return /^features\/.*\.feature$/.test(path)
}
