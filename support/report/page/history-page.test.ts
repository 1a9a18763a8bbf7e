import { beforeAll, expect, it } from 'vitest'
import { noHistory } from '../history/history'
import { withHistory } from '../history/past'
import { remember } from '../history/remember'
import type { Report } from '../model'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { reader } from '../testing/reader'
import { sample } from '../testing/sample'
import { page as render } from './page'

const feature = 'features/nats-backup/quick-start.feature'
const applied = 'kubectl apply -f fixtures/nats/backup-cronjob.yaml'
/** The first procedure with another command, which fails. */
const changed = `${applied}; exit 3`

const at = reader()
let green: Report

beforeAll(async () => {
  green = reportOf((await cucumberRun(sample)).envelopes)
})

async function open(report: Report) {
  const page = await at.browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(at.pages.put('index.html', render(report)))
  return page
}

it('a procedure that fails says since when, and what it was when it last worked', async () => {
  const outcomes = JSON.parse(sample['outcomes.json'] ?? '{}') as Record<string, unknown>
  const broken = {
    ...sample,
    [feature]: sample[feature]?.replace(applied, changed) ?? '',
    'outcomes.json': JSON.stringify({
      'exit 3': { run: { exitCode: 3 }, fails: 'It ended with 3' },
      ...outcomes,
    }),
  }
  const red = reportOf((await cucumberRun(broken)).envelopes)
  const page = await open(withHistory(red, remember(noHistory, green)))
  const past = page.locator('[id="quick-start.1.1"] .past')
  expect(await past.textContent()).toMatch(/^Fails since just now\. It last worked just now, commit /)
  expect(await past.locator('.before').allTextContents()).toEqual([`-   ${applied}\n`])
  expect(await past.locator('.after').allTextContents()).toEqual([`+   ${changed}\n`])
  expect(await page.locator('#quick-start .red').textContent()).toContain('since just now')
  await page.close()
})

it('says what is wrong with the history', async () => {
  const page = await open(withHistory(green, noHistory, '2 lines of history.jsonl could not be read'))
  expect(await page.locator('#about-this-run').textContent()).toContain(
    '2 lines of history.jsonl could not be read',
  )
  await page.close()
})

it('a run of a part keeps what is known of the rest', async () => {
  const part = reportOf((await cucumberRun(sample, ['--name', 'The CronJob is there'])).envelopes)
  const alone = await open(part)
  expect(await alone.locator('#quick-start .strip b').textContent()).toMatch(
    /^Verified in part, 1 of 5 procedures/,
  )
  await alone.close()
  const page = await open(withHistory(part, remember(noHistory, green)))
  expect(await page.locator('#quick-start .strip b').textContent()).toMatch(/^Verified just now/)
  expect(await page.locator('[id="quick-start.2.1"] .past').textContent()).toMatch(/^It last worked just now/)
  await page.close()
})
