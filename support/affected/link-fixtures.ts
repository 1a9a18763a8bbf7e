import type { Graph } from './graph'
import { filesUsedBy, orQuoted, runs, spoken, unquoted } from './image-commands'
import { nameOf } from './mentions'
import { appliedNode, type Manifest, type Sayings, saidOf } from './sayings'
import type { Tree } from './tree'
import type { Workload } from './workloads'

/** Links what is operated: scripts to what they source, manifests to what they run and name. */
export function linkFixtures(graph: Graph, tree: Tree, sayings: Sayings): void {
  const scripts = new Set(sayings.commands.map(({ path }) => path))
  for (const path of scripts) {
    for (const file of filesUsedBy(path, tree)) {
      graph.link(path, file, `${nameOf(path)} uses`)
      scripts.add(file)
    }
    for (const command of sayings.commands) {
      if (runs(tree.text(path), command, unquoted)) graph.link(path, command.path, `${nameOf(path)} runs`)
    }
  }
  for (const manifest of sayings.manifests) linkManifest(graph, tree, sayings, manifest)
}

function linkManifest(graph: Graph, tree: Tree, sayings: Sayings, { path, workloads }: Manifest): void {
  const name = nameOf(path)
  const applied = appliedNode(path)
  graph.link(applied, path, '')
  // Such as the files of a kustomization.
  sayings.linkFiles(graph, applied, saidOf(name), [spoken(tree.text(path))])
  if (!workloads) {
    for (const command of sayings.commands)
      graph.link(applied, command.path, `${name} may run, being no whole YAML,`)
    return
  }
  for (const workload of workloads) {
    if (workload.waits) graph.link(workload.title, path, `defines the ${workload.title}`)
    else graph.link(applied, workload.title, `${name} deploys`)
    linkWorkload(graph, sayings, workload)
  }
}

function linkWorkload(graph: Graph, sayings: Sayings, { title, texts, ownCommandOf }: Workload): void {
  sayings.link(graph, title, saidOf(`the ${title}`), texts, orQuoted)
  // What its image runs when it is told nothing else: any command of it.
  for (const { path } of sayings.commands) {
    if (ownCommandOf.some((folder) => path.startsWith(`fixtures/images/${folder}/`)))
      graph.link(title, path, `the ${title} runs`)
  }
}
