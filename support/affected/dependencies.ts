import { Graph } from './graph'
import { linkFixtures } from './link-fixtures'
import { linkHarness } from './link-harness'
import { linkNouns } from './link-nouns'
import { linkRunbook } from './link-runbooks'
import { nounsOfWorld } from './nouns'
import type { Runbook } from './runbooks'
import { Sayings } from './sayings'
import { stepFiles } from './step-definitions'
import type { Tree } from './tree'

/**
 * What depends on what, as the files themselves say. Where they don't say it plainly, too much is taken for a
 * dependency rather than too little.
 *
 * The files as they are now are enough, with those that were removed: of all that led to a changed file before, the
 * first thing that is different today has changed itself, and what was before it leads to it still.
 */
export function dependencies(tree: Tree, runbooks: readonly Runbook[]): Graph {
  const graph = new Graph()
  const sayings = new Sayings(tree)
  const steps = stepFiles(tree)
  const nouns = nounsOfWorld(tree)
  linkHarness(graph, tree, sayings, steps, nouns)
  linkFixtures(graph, tree, sayings)
  linkNouns(graph, tree, sayings, nouns, steps)
  const everyNoun = nouns.map(({ name }) => ({ noun: name }))
  for (const runbook of runbooks) linkRunbook(graph, runbook, steps, everyNoun, sayings)
  return graph
}
