import type { Envelope } from '@cucumber/messages'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { hostile, nasty } from '../testing/nasty'
import { reader } from '../testing/reader'
import { sample } from '../testing/sample'
import { page as render } from './page'

const day = 24 * 60 * 60 * 1000

const at = reader()
let address: string
let envelopes: readonly Envelope[]

beforeAll(async () => {
  envelopes = (await cucumberRun(sample)).envelopes
  address = at.pages.put('index.html', render(reportOf(envelopes)))
})

async function open(url: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await at.browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(url)
  return page
}

describe('copy', () => {
  it.each(Object.entries(nasty))('gives the exact bytes: %s', async (_, script) => {
    const page = await open(at.pages.put('nasty.html', render(reportOf(withScript(envelopes, script)))))
    await page.locator('[id="quick-start.1.1.1"] .copy').click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(script)
    await page.close()
  })

  it('gives the exact bytes where the clipboard API is closed', async () => {
    const script = nasty['tabs, trailing spaces, backslashes'] ?? ''
    const page = await open(at.pages.put('nasty.html', render(reportOf(withScript(envelopes, script)))))
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("closed"))')
    await page.locator('[id="quick-start.1.1.1"] .copy').click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(script)
    await page.close()
  })
})

describe('search', () => {
  it('finds by title, prose, command and output, and shows nothing else', async () => {
    const page = await open(address)
    for (const [words, expected] of [
      ['second site', 'quick-start.4.1'],
      ['local archive is made', 'quick-start.5.1'],
      ['put-bucket-versioning', 'quick-start.3.1'],
      ['No resources found', 'nats-backup-now.1.1'],
      ['BackoffLimitExceeded', 'nats-backup-now.2.1'],
    ]) {
      await page.fill('#search', words ?? '')
      expect(await page.locator('.scenario:visible').evaluateAll((all) => all.map(({ id }) => id))).toContain(
        expected,
      )
      expect(await page.locator('.scenario:visible').count()).toBeLessThan(3)
    }
    await page.fill('#search', 'nothing has this text')
    expect(await page.locator('.scenario:visible').count()).toBe(0)
    expect(await page.locator('#found').textContent()).toBe('0 of 9')
    await page.keyboard.press('Escape')
    expect(await page.locator('.scenario:visible').count()).toBe(9)
    await page.close()
  })

  it('opens a folded output in which the words are', async () => {
    const page = await open(address)
    const output = page.locator('[id="quick-start.2.1.1"] pre.output')
    expect(await output.isVisible()).toBe(false)
    await page.fill('#search', 'stream_17')
    await output.waitFor({ state: 'visible' })
    await page.close()
  })
})

describe('an address', () => {
  it('that is opened cold is where the reader looks', async () => {
    for (const id of ['quick-start', 'quick-start.5', 'quick-start.4.1', 'nats-backup-now.2.1.1']) {
      const page = await open(`${address}#${id}`)
      await expect.poll(() => topOf(page, id)).toBeGreaterThan(40)
      await expect.poll(() => topOf(page, id)).toBeLessThan(300)
      await page.close()
    }
  })

  it('that is gone leads to what is left of it, and says so', async () => {
    const page = await open(`${address}#quick-start.4.9`)
    expect(await page.locator('#found').textContent()).toBe(
      '#quick-start.4.9 is not here; this is #quick-start.4',
    )
    await expect.poll(() => topOf(page, 'quick-start.4')).toBeLessThan(300)
    await page.close()
  })
})

it('an address that a runbook had before leads to it, part by part', async () => {
  const renamed = envelopes.map((envelope) =>
    envelope.gherkinDocument || envelope.pickle
      ? (JSON.parse(
          JSON.stringify(envelope).replaceAll('@severity:critical', '@formerly:by-hand'),
        ) as Envelope)
      : envelope,
  )
  const page = await open(`${at.pages.put('renamed.html', render(reportOf(renamed)))}#by-hand.2.1`)
  await page.locator('[id="nats-backup-now.2.1"].arrived').waitFor()
  expect(await page.locator('#found').textContent()).toBe('#by-hand.2.1 is now #nats-backup-now.2.1')
  await page.close()
})

it('has keys for searching, going from command to command, and copying', async () => {
  const page = await open(address)
  await page.keyboard.press('/')
  expect(await page.locator('#search').evaluate((input) => input.matches(':focus'))).toBe(true)
  await page.keyboard.press('Escape')
  const current = () => page.locator('.cmd.current').getAttribute('id')
  await page.keyboard.press('j')
  expect(await current()).toBe('nats-backup-now.1.1.1')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  expect(await current()).toBe('nats-backup-now.2.1.1')
  await page.keyboard.press('k')
  await page.keyboard.press('c')
  await page.getByText('Copied').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    'kubectl get jobs -n kgents-agents -l app=nats-backup',
  )
  await page.close()
})

it('ages by itself', async () => {
  for (const [days, text, state] of [
    [0, 'just now', /^(?!.*(ageing|stale))/],
    [3, '3 days ago', /^(?!.*(ageing|stale))/],
    [8, '8 days ago', /ageing/],
    [40, '40 days ago', /stale/],
  ] as const) {
    const page = await at.browser.newPage()
    await page.clock.setFixedTime(Date.now() + days * day)
    await page.goto(address)
    expect(await page.locator('#quick-start .strip time').textContent()).toBe(text)
    expect(await page.locator('#quick-start .strip').getAttribute('class')).toMatch(state)
    await page.close()
  }
})

it('asks nobody for anything', async () => {
  const page = await at.browser.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  expect(requests.filter((url) => url !== address && !url.startsWith('data:'))).toEqual([])
  await page.close()
})

describe('hostile text', () => {
  it('runs nothing, loads nothing, and is shown as it is', async () => {
    const { envelopes } = await cucumberRun(hostile)
    const page = await open(at.pages.put('hostile.html', render(reportOf(envelopes))))
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('main img, main script, main iframe, main style').count()).toBe(0)
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(links.filter((link) => !/^(#|https?:|evidence\/)/.test(link))).toEqual([])
    expect(await page.locator('pre.output').first().textContent()).toContain(
      '<img src=x onerror=window.hacked=1>',
    )
    await page.close()
  })

  it('that got in all the same would meet the policy', async () => {
    const html = render(reportOf(envelopes)).replace(
      '</main>',
      '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"></main>',
    )
    const page = await open(at.pages.put('broken-in.html', html))
    await page.waitForLoadState('networkidle')
    expect(await page.locator('main img').count()).toBe(1)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    await page.close()
  })
})

it('leaves the furniture off paper', async () => {
  const page = await open(address)
  await page.emulateMedia({ media: 'print' })
  for (const furniture of ['.top', 'nav', '.runbook > aside', '.copy']) {
    expect(await page.locator(furniture).first().isVisible()).toBe(false)
  }
  expect(await page.locator('pre.script').first().isVisible()).toBe(true)
  await page.close()
})

it('does not scroll sideways on a phone', async () => {
  const long = 'y'.repeat(4000)
  const samples = [
    ...['x', nasty['200 lines'] ?? '', long].map((script) => withScript(envelopes, script)),
    withText(envelopes, 'HEAD through the proxy: connection refused', long),
  ]
  for (const sample of samples) {
    const url = at.pages.put('phone.html', render(reportOf(sample)))
    const page = await open(url, { viewport: { width: 390, height: 844 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.close()
  }
})

/** Where an element is on the screen. */
function topOf(page: Page, id: string): Promise<number> {
  return page.locator(`[id="${id}"]`).evaluate((element) => element.getBoundingClientRect().top)
}

/** The sample with another first command, published and run. */
function withScript(from: readonly Envelope[], script: string): Envelope[] {
  return withText(from, 'kubectl apply -f fixtures/nats/backup-cronjob.yaml', script)
}

/** The sample with one of its texts replaced, in steps and in what is attached to them. */
function withText(from: readonly Envelope[], text: string, other: string): Envelope[] {
  const published = JSON.stringify(text).slice(1, -1)
  const inJson = JSON.stringify(other).slice(1, -1)
  const inAttachment = JSON.stringify(inJson).slice(1, -1)
  return from.map((envelope) => {
    const into = envelope.attachment ? inAttachment : inJson
    return JSON.parse(JSON.stringify(envelope).replaceAll(published, () => into)) as Envelope
  })
}
