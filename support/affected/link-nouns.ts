import type { Graph } from './graph'
import { orQuoted } from './image-commands'
import { moduleNode } from './link-harness'
import { readModule, resolved } from './module'
import type { Noun } from './nouns'
import { type Sayings, saidOf } from './sayings'
import type { StepFile, Use } from './step-definitions'
import type { Tree } from './tree'
import { verbOf } from './verbs'

/** How a noun of the World, or one verb of it, is called in the graph. */
export function useNode({ noun, verb }: Use): string {
  return verb === undefined ? `the noun ${noun}` : `${noun}.${verb}`
}

/** Links every noun to what it is made of, and every verb that a step uses to what that verb comes to. */
export function linkNouns(
  graph: Graph,
  tree: Tree,
  sayings: Sayings,
  nouns: readonly Noun[],
  steps: readonly StepFile[],
): void {
  const uses = steps.flatMap(({ definitions }) => definitions.flatMap((each) => each.uses ?? []))
  for (const noun of nouns) {
    linkNoun(graph, noun)
    const verbs = uses.flatMap((use) => (use.noun === noun.name && use.verb !== undefined ? [use.verb] : []))
    linkVerbs(graph, tree, sayings, noun, [...new Set(verbs)])
  }
}

function linkNoun(graph: Graph, { name, made, modules, nouns }: Noun): void {
  const node = useNode({ noun: name })
  for (const path of [...(made ? [made.path] : []), ...modules])
    graph.link(node, moduleNode(path), `${node} is made of`)
  for (const other of nouns) graph.link(node, useNode({ noun: other }), `${node} is given`)
}

function linkVerbs(graph: Graph, tree: Tree, sayings: Sayings, noun: Noun, verbs: readonly string[]): void {
  const { name, made, modules, nouns } = noun
  const module = made && readModule(made.path, tree)
  for (const verb of verbs) {
    const node = useNode({ noun: name, verb })
    const found = module && verbOf(module, made.className, verb)
    if (!found) {
      graph.link(node, useNode({ noun: name }), `${node} is a verb of`)
      continue
    }
    graph.link(node, made.path, `holds ${node}`)
    const required = found.requires.flatMap((each) => resolved(made.path, each, tree) ?? [])
    for (const path of [...found.imports.map((each) => each.path), ...required, ...modules])
      graph.link(node, moduleNode(path), `${node} uses`)
    for (const other of nouns) graph.link(node, useNode({ noun: other }), `${node} may use`)
    sayings.link(graph, node, saidOf(node), found.texts, orQuoted)
  }
}
