import { beginnings, commandLine, everyRun, isChoosing, isElsewhere, isLint, loaded } from './every-run'
import type { Graph } from './graph'
import { orQuoted } from './image-commands'
import { nameOf } from './mentions'
import { isModule, readModule, resolved } from './module'
import { type Noun, notOfNouns, nounsFile } from './nouns'
import { type Sayings, saidOf } from './sayings'
import type { StepFile } from './step-definitions'
import type { Tree } from './tree'

/** A module with all that it imports, reads and runs; its path alone stands for what is written in it. */
export function moduleNode(path: string): string {
  return `module ${path}`
}

/** Links every module of the harness to what it imports, reads and runs, and every run to those that it begins with. */
export function linkHarness(
  graph: Graph,
  tree: Tree,
  sayings: Sayings,
  steps: readonly StepFile[],
  nouns: readonly Noun[],
): void {
  for (const path of beginnings)
    graph.link(everyRun, isModule(path) ? moduleNode(path) : path, 'every run uses')
  for (const path of tree.paths.filter(isChoosing)) graph.link(everyRun, path, 'chooses what is run')
  for (const { file, holdsMore } of steps) {
    graph.link(loaded, moduleNode(file), 'every run loads')
    if (holdsMore) graph.link(everyRun, moduleNode(file), 'has more than steps, for every run')
  }
  for (const path of tree.paths.filter(isModule)) linkModule(graph, path, tree, sayings)
  for (const path of notOfNouns(nouns, tree)) link(graph, nounsFile, path)
  for (const { made, modules } of nouns) {
    for (const path of [...(made ? [made.path] : []), ...modules])
      graph.link(loaded, moduleNode(path), 'every run loads')
  }
}

function linkModule(graph: Graph, path: string, tree: Tree, sayings: Sayings): void {
  const { imports, requires, texts } = readModule(path, tree)
  graph.link(moduleNode(path), path, '')
  const eager = path === nounsFile ? [] : imports.map((each) => each.path)
  const late = commandLine.some((each) => each === path)
    ? []
    : requires.flatMap((name) => resolved(path, name, tree) ?? []).filter((each) => !isElsewhere(each))
  for (const module of [...eager, ...late]) link(graph, path, module)
  if (!isLint(path)) sayings.link(graph, moduleNode(path), saidOf(nameOf(path)), texts, orQuoted)
}

function link(graph: Graph, from: string, to: string): void {
  graph.link(moduleNode(from), moduleNode(to), `${nameOf(from)} imports`)
}
