import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { reader } from '../testing/reader'
import { sample } from '../testing/sample'
import { page as render } from './page'

const card = `@runbook:quick-reference @persona:operator @read-only
Feature: Quick reference
  **Use when** you need a fact.

  Rule: 1 The facts
    Scenario: When
      Given a cluster with a backup
      Then the CronJob "nats-backup" is scheduled "0 2 * * *"
    Scenario: Is it healthy?
      When the operator runs:
        """bash
        backup-status
        """
      Then the output shows "healthy"
`
const degraded = `@runbook:s3-unavailable @persona:on-call @mutates @reversible @degraded
Feature: S3 is unavailable
  **Use when** a backup says so.

  **What fails** the second copy.

  **What still works** backups, on the volume.

  **For how long** 7 days.

  **What to do** nothing.

  Rule: 1 Check
    Scenario: It is S3
      Given the fault "S3 refuses connections" comes and goes
      When the operator runs:
        """bash
        curl s3
        """
      Then the output shows "refused"
`

const at = reader()
let page: Page

beforeAll(async () => {
  const more = { 'features/nats-backup/card.feature': card, 'features/nats-degraded/s3.feature': degraded }
  const { envelopes } = await cucumberRun({ ...sample, ...more })
  page = await at.browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(at.pages.put('index.html', render(reportOf(envelopes))))
})

const shown = () => page.locator('.runbook:visible').evaluateAll((all) => all.map(({ id }) => id))
const everything = ['s3-unavailable', 'nats-backup-now', 'quick-reference', 'quick-start']

describe('a view', () => {
  it('leaves what one kind of reader needs, in the text and beside it, until an address leads elsewhere', async () => {
    expect(await shown()).toEqual(everything)
    await page.getByRole('link', { name: 'On-call', exact: true }).click()
    expect(await shown()).toEqual(['s3-unavailable', 'nats-backup-now'])
    expect(await page.locator('nav a[data-runbook]:visible').count()).toBe(2)
    expect(await page.locator('.index li[data-personas]:visible').count()).toBe(2)
    await page.evaluate('location.hash = "quick-start.2.1"')
    await page.locator('[id="quick-start.2.1"].arrived').waitFor()
    expect(await shown()).toEqual(everything)
  })

  it('does not narrow a search', async () => {
    await page.getByRole('link', { name: 'On-call', exact: true }).click()
    await page.fill('#search', 'second site')
    expect(await page.locator('.scenario:visible').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'quick-start.4.1',
    ])
    await page.keyboard.press('Escape')
  })
})

describe('the card', () => {
  it('shows facts and commands, and nothing else', async () => {
    await page.getByRole('link', { name: 'Card', exact: true }).click()
    expect(await shown()).toEqual([])
    const text = await page.locator('#card').textContent()
    expect(text).toContain('the CronJob "nats-backup" is scheduled "0 2 * * *"')
    expect(text).toContain('backup-status')
    expect(text).not.toContain('a cluster with a backup')
  })

  it('prints on one sheet', async () => {
    const sheet = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(sheet.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await page.evaluate('location.hash = "overview"')
    expect(await shown()).toEqual(everything)
  })
})

it('the degraded modes are told at a glance, in the words of their runbooks', async () => {
  expect(await page.locator('#degraded-modes tbody td').allInnerTexts()).toEqual([
    expect.stringContaining('S3 is unavailable'),
    'The second copy.',
    'Backups, on the volume.',
    '7 days.',
    'Nothing.',
  ])
})

it('a runbook begins with its first command, and what to expect of it', async () => {
  const first = page.locator('#quick-start .cmd.first')
  expect(await first.textContent()).toContain('kubectl apply -f fixtures/nats/backup-cronjob.yaml')
  expect(await first.locator('.copy').getAttribute('data-copy')).toBe('quick-start.1.1.1')
})

describe('filters', () => {
  it.each([
    ['is:failed', ['nats-backup-now.2.1']],
    ['is:known-defect', ['nats-backup-now.4.2']],
    ['tag:degraded', ['s3-unavailable.1.1', 'quick-start.5.1']],
    ['severity:critical tag:mutates is:passed', ['nats-backup-now.1.1', 'nats-backup-now.4.1']],
    ['system:nats-degraded', ['s3-unavailable.1.1']],
  ])('%s', async (words, expected) => {
    await page.fill('#search', words)
    const shownNow = await page.locator('.scenario:visible').evaluateAll((all) => all.map(({ id }) => id))
    expect(shownNow).toEqual(expected)
    await page.keyboard.press('Escape')
  })

  it('a count of the overview leads to what it counts', async () => {
    await page.evaluate('location.hash = "overview"')
    await page.getByRole('link', { name: '1 failed', exact: true }).click()
    await expect.poll(() => page.locator('#found').textContent()).toBe('1 of 12')
    expect(await page.locator('#search').inputValue()).toBe('is:failed')
    await page.fill('#search', '')
  })
})

it('an alert leads to its runbook', async () => {
  await page.evaluate('location.hash = "overview"')
  const line = page.locator('#alerts li')
  expect(await line.textContent()).toContain('NATSBackupMissing')
  expect(await line.locator('a').getAttribute('href')).toBe('#nats-backup-now')
})

it('a click on an address copies it whole', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('[id="quick-start.2.1"] h4 .addr').click()
  await page.getByText('copied', { exact: true }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/index\.html#quick-start\.2\.1$/)
})
