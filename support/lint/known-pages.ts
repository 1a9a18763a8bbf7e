import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runbookAddress } from '../report/address'
import { tagValues } from '../report/tag-values'
import type { Page } from './page'

/** As much of a page as others refer to. */
export interface KnownPage {
  readonly uri: string
  readonly address: string
  readonly former: readonly string[]
  readonly title: string
  readonly alerts: readonly string[]
}

/**
 * Every page there is: those that were read, and the others under features/, of which only the head is looked at. A run
 * of one page must not take the others for missing, nor parse them all.
 *
 * @param root the checkout
 */
export function knownPages(root: string, read: readonly Page[]): KnownPage[] {
  const uris = new Set(read.map(({ uri }) => uri))
  const others = globSync('features/**/*.feature', { cwd: root }).filter((uri) => !uris.has(uri))
  return [
    ...read.map(({ uri, feature }) => knownPage(uri, feature)),
    ...others.flatMap((uri) => headOf(uri, readFileSync(join(root, uri), 'utf8')) ?? []),
  ]
}

function headOf(uri: string, text: string): KnownPage | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const at = lines.findIndex((line) => /^[^@#\s][^:]*:/.test(line))
  const title = lines[at]?.replace(/^[^:]*:\s*/, '')
  if (title === undefined) return undefined
  const tags = lines.slice(0, at).flatMap((line) => line.match(/^#.*|@\S+/g) ?? [])
  return knownPage(uri, { name: title, tags: tags.map((name) => ({ name })) })
}

function knownPage(
  uri: string,
  feature: Parameters<typeof runbookAddress>[0] & { readonly name: string },
): KnownPage {
  const tags = feature.tags.map((tag) => tag.name)
  return {
    uri,
    address: runbookAddress(feature, uri),
    former: tagValues(tags, 'formerly'),
    title: feature.name.replaceAll(/\s+/g, ' '),
    alerts: tagValues(tags, 'alert'),
  }
}
