import type { Graph } from './graph'
import { type CommandPlace, filesUsedBy, type ImageCommand, imageCommands, runs } from './image-commands'
import { Mentions, wordsOf } from './mentions'
import type { Tree } from './tree'
import { type Workload, workloadsIn } from './workloads'

/** A manifest with what it runs; undefined when nobody can tell. */
export interface Manifest {
  readonly path: string
  readonly workloads: readonly Workload[] | undefined
}

/** What is said of somebody who names something, and who runs it: "x.ts names", "x.ts runs". */
export interface Said {
  readonly names: string
  readonly runs: string
}

/** A manifest with all that it runs, once it is applied; its path alone stands for what is written in it. */
export function appliedNode(path: string): string {
  return `applied ${path}`
}

/** What texts can speak of: files, commands of images, workloads that wait until somebody starts them. */
export class Sayings {
  readonly commands: readonly ImageCommand[]
  readonly manifests: readonly Manifest[]
  private readonly mentions: Mentions
  private readonly waiting: readonly Workload[]

  constructor(tree: Tree) {
    this.commands = imageCommands(tree)
    const manifests = tree.paths.filter((path) => /^fixtures\/(?!mutants\/|images\/).*\.ya?ml$/.test(path))
    this.manifests = manifests.map((path) => ({ path, workloads: workloadsIn(path, tree) }))
    this.waiting = this.manifests.flatMap(({ workloads = [] }) => workloads.filter(({ waits }) => waits))
    // Scripts count for who runs them, not for who builds the image that they are in; tests count for nobody.
    const scripts = new Set(this.commands.map(({ path }) => path))
    for (const path of scripts) for (const file of filesUsedBy(path, tree)) scripts.add(file)
    this.mentions = new Mentions(
      tree,
      new Set([...scripts, ...tree.paths.filter((path) => /_test\.go$/.test(path))]),
    )
  }

  /**
   * Links something to all that its texts speak of.
   *
   * @param how what it does with what it names, and with what it runs: "x.ts names"
   */
  link(graph: Graph, from: string, how: Said, texts: readonly string[], place: CommandPlace): void {
    for (const command of this.commands) {
      if (texts.some((text) => runs(text, command, place))) graph.link(from, command.path, how.runs)
    }
    this.linkFiles(graph, from, how, texts)
    const words = new Set(texts.flatMap(wordsOf))
    for (const { name, title } of this.waiting) {
      if (words.has(name)) graph.link(from, title, how.names)
    }
  }

  /** As `link`, for texts that are read and run nothing. */
  linkFiles(graph: Graph, from: string, how: Said, texts: readonly string[]): void {
    for (const file of this.mentions.files(texts)) {
      const isManifest = this.manifests.some(({ path }) => path === file)
      graph.link(from, isManifest ? appliedNode(file) : file, how.names)
    }
  }
}

/** Of one: "x.ts names". */
export function saidOf(who: string): Said {
  return { names: `${who} names`, runs: `${who} runs` }
}
