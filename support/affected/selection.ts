import { dependencies } from './dependencies'
import { everyRun, harmlessAs, loaded } from './every-run'
import type { Graph, Link } from './graph'
import { isModule } from './module'
import { isFeature, type Runbook, runbooksIn } from './runbooks'
import type { Tree } from './tree'

/** That a changed file has to do with something, and how: by what leads to it. */
export interface Reason {
  readonly file: string
  /** From the runbook, or from every run, to the file; empty where that is the changed file itself. */
  readonly way: readonly Link[]
  /** Said in the place of a way, where nobody knows one. */
  readonly instead?: string
}

/** A runbook that a change can affect. */
export interface Picked {
  readonly runbook: Runbook
  /** At least one, the shortest first. */
  readonly reasons: readonly Reason[]
}

/** What a change can affect. */
export interface Selection {
  /** All runbooks there are, by name. */
  readonly runbooks: readonly Runbook[]
  /** Why every runbook is affected; empty unless they all are. */
  readonly all: readonly Reason[]
  /** Runbooks that are affected one by one, by name; empty when all are. */
  readonly picked: readonly Picked[]
  /** Changed files that affect none, with why. */
  readonly harmless: ReadonlyArray<{ readonly file: string; readonly why: string }>
}

/** Knows what the runbooks of a checkout depend on. */
export class Selector {
  private readonly runbooks: readonly Runbook[]
  private readonly graph: Graph
  private readonly always: ReadonlyMap<string, readonly Link[]>
  private readonly ways: ReadonlyArray<readonly [Runbook, ReadonlyMap<string, readonly Link[]>]>
  private readonly loads: ReadonlyMap<string, readonly Link[]>

  /** @throws HarnessMisused when the runbooks can't be read */
  constructor(private readonly tree: Tree) {
    this.runbooks = runbooksIn(tree).toSorted((a, b) => a.name.localeCompare(b.name))
    this.graph = dependencies(tree, this.runbooks)
    this.always = this.graph.reach(everyRun)
    this.ways = this.runbooks.map((runbook) => [runbook, this.graph.reach(runbook.file)] as const)
    this.loads = this.graph.reach(loaded)
  }

  /** The runbooks that changed files can affect. In doubt it is all of them. */
  select(changed: readonly string[]): Selection {
    const isKnown = (file: string) => this.always.has(file) || this.ways.some(([, way]) => way.has(file))
    const judged = changed
      .filter((file) => !isKnown(file))
      .map((file) => ({ file, why: this.whyHarmless(file) }))
    const unknown = judged.flatMap(({ file, why }) => (why === undefined ? [this.unknown(file)] : []))
    const all = [...reasons(changed, this.always), ...unknown]
    const picked = this.ways.flatMap(([runbook, ways]) => {
      const because = reasons(changed, ways)
      return because.length > 0 ? [{ runbook, reasons: because }] : []
    })
    const harmless = judged.flatMap(({ file, why }) => (why === undefined ? [] : [{ file, why }]))
    return { runbooks: this.runbooks, all, picked: all.length > 0 ? [] : picked, harmless }
  }

  /** Why a file that nothing leads to affects no runbook; nothing, when that can't be shown. */
  private whyHarmless(file: string): string | undefined {
    if (isFeature(file) && this.tree.isRemoved(file)) return 'removed'
    if (this.loads.has(file)) return undefined
    if (/^support\//.test(file) && isModule(file)) return 'no procedure loads it'
    // Whatever leads to a runbook would have led to the file as well.
    if (/^support\//.test(file) && this.graph.whoNames(file).length > 0) return 'no procedure reads it'
    return harmlessAs(file)
  }

  private unknown(file: string): Reason {
    const isLoaded = this.loads.has(file)
    const instead = isLoaded
      ? 'which every run loads, and no runbook is known to use'
      : 'of which nothing is known'
    return { file, way: [], instead }
  }
}

/** What leads to each changed file, the shortest first. */
function reasons(changed: readonly string[], ways: ReadonlyMap<string, readonly Link[]>): Reason[] {
  return changed
    .flatMap((file) => {
      const way = ways.get(file)
      return way ? [{ file, way }] : []
    })
    .toSorted((a, b) => a.way.length - b.way.length)
}
