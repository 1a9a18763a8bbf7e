import { nameOf, wordsOf } from './mentions'
import type { Tree } from './tree'

/** A script that an image puts on its PATH. */
export interface ImageCommand {
  /** As one types it. */
  readonly name: string
  readonly path: string
}

/** Every script at the top of an image's folder: `restore` of fixtures/images/nats-backup. */
export function imageCommands(tree: Tree): ImageCommand[] {
  return tree
    .under('fixtures/images')
    .filter((path) => path.split('/').length === 4 && tree.text(path).startsWith('#!'))
    .map((path) => ({ name: nameOf(path), path }))
}

/**
 * Files of its image that a script, or a library of it, reads. One that sources what it computes may read any of them.
 */
export function filesUsedBy(path: string, tree: Tree): string[] {
  const folder = path.split('/').slice(0, 3).join('/')
  const lines = spoken(tree.text(path)).split('\n')
  const siblings = tree.under(folder).filter((file) => file !== path)
  const usedIn = (line: string) => {
    const words = wordsOf(line)
    return siblings.filter((file) => nameOf(file).includes('.') && words.includes(nameOf(file)))
  }
  const loads = path.endsWith('.jq') ? /^\s*(include|import)\s/ : /^\s*(source|\.)\s/
  const computes = lines.some((line) => loads.test(line) && usedIn(line).length === 0)
  return computes ? siblings : lines.flatMap(usedIn)
}

/** Whether a command stands in a text where a shell would run it. */
export function runs(text: string, { name }: ImageCommand, place: CommandPlace): boolean {
  return place(name).test(spoken(text))
}

/** Where in a text a command is one. */
export type CommandPlace = (name: string) => RegExp

/** In a command block, any word: who writes one means commands. */
export const anywhere: CommandPlace = (name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`)

/** In a script: where a command begins. What stands in quotes is said, not run. */
export const unquoted: CommandPlace = (name) => beginning(name, '')

/** In the text of a module: the same, and in quotes, as of `bash -c`. */
export const orQuoted: CommandPlace = (name) => beginning(name, '\'"`')

function beginning(name: string, quotes: string): RegExp {
  const before = `(?:^|[;|&(/!${quotes}]|--|\\b[A-Z_]+=\\S*\\s|\\b(?:exec|env|then|do|else|time|if|while)\\s)`
  return new RegExp(`${before}\\s*${name}(?![\\w.-])`, 'm')
}

/** A text without the lines that are comments. */
export function spoken(text: string): string {
  return text.replaceAll(/^\s*#.*$/gm, '')
}
