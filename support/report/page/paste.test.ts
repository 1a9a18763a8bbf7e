import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { reader } from '../testing/reader'
import { sample } from '../testing/sample'
import { page as render } from './page'

const at = reader()
let page: Page

beforeAll(async () => {
  const report = reportOf((await cucumberRun(sample)).envelopes)
  page = await at.browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(at.pages.put('index.html', render(report)))
})

/** Pastes as a person does. */
async function paste(text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.fill('#search', '')
  await page.focus('#search')
  await page.keyboard.press('Control+V')
}

const found = () =>
  page.locator('#nearest a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))

it('an error of another day, pod and archive leads to the procedure that is about it', async () => {
  await paste(
    'warning: off-site copy: FAILED; the local archive is kept: /backups/20270101T010203Z.tgz\n  why: connection refused by http://elsewhere:1234\n',
  )
  expect((await found())[0]).toBe('#quick-start.5.1')
  expect(await page.locator('#nearest code').first().textContent()).toContain('off-site copy')
  await page.keyboard.press('Enter')
  await page.locator('[id="quick-start.5.1"].arrived').waitFor()
  expect(await page.locator('#nearest').isVisible()).toBe(false)
  expect(await page.locator('.scenario:visible').count()).toBe(9)
})

it('words that are all in one procedure are a search, as ever', async () => {
  await page.fill('#search', 'second site')
  expect(await page.locator('#nearest').isVisible()).toBe(false)
  expect(await page.locator('.scenario:visible').count()).toBe(1)
})

it('what nothing is like says so', async () => {
  await paste('zzz qqq\nxyzzy')
  expect(await found()).toEqual([])
  expect(await page.locator('#nearest').textContent()).toContain('Nothing here is like it.')
  await page.keyboard.press('Escape')
  expect(await page.locator('#nearest').isVisible()).toBe(false)
})

it('a paste of 5000 lines is answered like any other', async () => {
  await page.fill('#search', '')
  const huge = Array.from({ length: 5000 }, (_, at) => `pod-${at} connection refused by server ${at}`).join(
    '\n',
  )
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(huge)})`)
  await page.focus('#search')
  await page.keyboard.press('Control+V')
  await page.locator('#nearest a').first().waitFor()
  expect((await found())[0]).toBe('#quick-start.5.1')
})
