import type { Graph } from './graph'
import { anywhere, orQuoted } from './image-commands'
import { moduleNode } from './link-harness'
import { useNode } from './link-nouns'
import type { Runbook } from './runbooks'
import type { Said, Sayings } from './sayings'
import type { StepFile, Use } from './step-definitions'

const ofBlocks: Said = { names: 'its commands name', runs: 'its commands run' }
const ofSteps: Said = { names: 'its steps name', runs: 'its steps name' }

/** Links a runbook to the definitions of its steps, the nouns that these use, and all that its texts speak of. */
export function linkRunbook(
  graph: Graph,
  { file, steps, blocks }: Runbook,
  stepFiles: readonly StepFile[],
  everyNoun: readonly Use[],
  sayings: Sayings,
): void {
  sayings.link(graph, file, ofBlocks, blocks, anywhere)
  sayings.link(graph, file, ofSteps, steps, orQuoted)
  const definitions = stepFiles.flatMap((each) => each.definitions)
  for (const step of steps) {
    const meant = definitions.filter(({ pattern }) => pattern.test(step))
    for (const definition of meant) {
      graph.link(file, moduleNode(definition.file), 'defines its steps')
      for (const use of definition.uses ?? everyNoun) graph.link(file, useNode(use), 'its steps use')
    }
    // Undefined: whatever changed in the definitions may be why.
    if (meant.length > 0) continue
    for (const each of stepFiles) graph.link(file, moduleNode(each.file), 'may have defined its steps')
  }
}
