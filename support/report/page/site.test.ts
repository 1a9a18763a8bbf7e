import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch } from '../testing/browser'
import { cucumberRun } from '../testing/cucumber-run'
import { sample } from '../testing/sample'
import { write } from '../write'

let browser: Browser
let page: Page
const reports = mkdtempSync(join(tmpdir(), 'report-site-'))
const addressOf = (file: string) => pathToFileURL(join(reports, 'site', file)).href

beforeAll(async () => {
  browser = await launch()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await write((await cucumberRun(sample)).envelopes, reports)
})

afterAll(async () => {
  await browser.close()
  rmSync(reports, { recursive: true })
})

it('has a page a runbook, and the whole', () => {
  expect(readdirSync(join(reports, 'site')).sort()).toEqual([
    'index.html',
    'nats-backup-now.html',
    'quick-start.html',
  ])
})

it('an address of a runbook opens cold, on its own page, and copies the exact bytes', async () => {
  await page.goto(`${addressOf('quick-start.html')}#quick-start.2.1`)
  expect(await page.title()).toBe('Set up the NATS backup')
  expect(await page.locator('.runbook').count()).toBe(1)
  await page.locator('[id="quick-start.2.1"].arrived').waitFor()
  await page.locator('[id="quick-start.2.1.1"] .copy').click()
  await page.getByText('Copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^# a Job of its own/)
})

it('links lead from page to page, and to the whole', async () => {
  await page.goto(addressOf('quick-start.html'))
  await page.locator('nav a[data-runbook="nats-backup-now"]').click()
  expect(page.url()).toBe(`${addressOf('nats-backup-now.html')}#nats-backup-now`)
  await page.locator('.brand').click()
  expect(page.url()).toBe(`${addressOf('index.html')}#overview`)
  const links = await page
    .locator('a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(links.filter((link) => !link.startsWith('#'))).toEqual([])
})

it('loses the page of a runbook that is no more', async () => {
  const { 'features/nats-backup/backup-now.feature': _, ...rest } = sample
  await write((await cucumberRun(rest)).envelopes, reports)
  expect(readdirSync(join(reports, 'site')).sort()).toEqual(['index.html', 'quick-start.html'])
})
