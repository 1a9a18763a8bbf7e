import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { HarnessMisused } from '../errors'
import { launch } from './testing/browser'

/** How each picture is taken; `report-light.png` is the README's. */
const pictures: Readonly<Record<string, BrowserContextOptions & { readonly print?: true }>> = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light' },
  print: { viewport: { width: 794, height: 1123 }, colorScheme: 'light', print: true },
}

/**
 * Takes pictures of a report, for the README and to be looked at: `npm run screenshots [-- PAGE [FOLDER]]`.
 *
 * @param page   an index.html
 * @param folder where report-light.png, -dark, -phone and -print are put
 * @throws HarnessMisused when there is no such page
 */
export async function takeScreenshots(page: string, folder: string): Promise<string[]> {
  if (!existsSync(page)) {
    throw new HarnessMisused('RBK_NO_REPORT', {
      attempted: 'There is no report to take a picture of',
      expected: page,
      next: 'Run the runbooks first; they write it.',
      repeat: 'npm start',
    })
  }
  mkdirSync(folder, { recursive: true })
  const browser = await launch()
  try {
    const paths: string[] = []
    for (const name of Object.keys(pictures)) paths.push(await picture(browser, page, folder, name))
    return paths
  } finally {
    await browser.close()
  }
}

async function picture(browser: Browser, file: string, folder: string, name: string): Promise<string> {
  const { print, ...options } = pictures[name] ?? {}
  const page = await browser.newPage(options)
  await page.goto(pathToFileURL(resolve(file)).href)
  if (print) await page.emulateMedia({ media: 'print' })
  else await toFirstRunbook(page)
  const path = join(folder, `report-${name}.png`)
  await page.screenshot({ path })
  await page.close()
  return path
}

/** The first runbook's first screen says more than the list of runbooks. */
async function toFirstRunbook(page: Page): Promise<void> {
  const id = await page.locator('.runbook').first().getAttribute('id', { timeout: 1000 })
  await page.evaluate(`location.hash = ${JSON.stringify(id)}`)
  await page.locator('.runbook.arrived').waitFor()
}

if (require.main === module) {
  const [page = 'reports/index.html', folder = 'docs/images'] = process.argv.slice(2)
  takeScreenshots(page, folder).then(
    (paths) => process.stdout.write(`${paths.join('\n')}\n`),
    (thrown: Error) => {
      process.stderr.write(`${thrown.message}\n`)
      process.exitCode = thrown instanceof HarnessMisused ? 2 : 3
    },
  )
}
