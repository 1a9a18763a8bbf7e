import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { parsedFeature } from '../features'
import type { LintFinding } from '../finding'
import { type Page, pagesOf } from '../page'
import { goodPage, withBlock } from './good-page'

/** The page of a text. */
export function pageOf(text: string, uri = 'features/good.feature'): Page {
  const [page] = pagesOf(parsedFeature(uri, text))
  if (!page) throw new Error('no page')
  return page
}

/** A page with one block in it, which begins at line 15. */
export function pageWithBlock(block: string): Page {
  return pageOf(goodPage({ check: withBlock(block) }))
}

/** `line what` of each finding. */
export function told(findings: readonly LintFinding[]): string[] {
  return findings.map(({ line, what }) => `${line} ${what}`)
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A folder that stands for a checkout, with files by their path. */
export function checkoutWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'runbook-lint-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}
