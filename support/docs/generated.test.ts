import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { stalePages, writePages } from './generated'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbook-pages-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const pages = { 'steps.md': 'one\n', 'saas/runbook.md': 'two\n' }

it('a page is stale when it is not there, and when it is another', () => {
  expect(stalePages(pages, folder)).toEqual(['steps.md', 'saas/runbook.md'])
  writePages(pages, folder)
  expect(stalePages(pages, folder)).toEqual([])
  expect(stalePages({ ...pages, 'steps.md': 'one, changed\n' }, folder)).toEqual(['steps.md'])
})

it('a page that is as it should be is left alone', () => {
  writePages(pages, folder)
  writeFileSync(join(folder, 'steps.md'), 'one, changed by hand\n')
  const before = statSync(join(folder, 'saas/runbook.md')).mtimeMs
  writePages(pages, folder)
  expect(readFileSync(join(folder, 'steps.md'), 'utf8')).toBe('one\n')
  expect(statSync(join(folder, 'saas/runbook.md')).mtimeMs).toBe(before)
})
