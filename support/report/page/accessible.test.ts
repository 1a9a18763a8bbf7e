import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import { beforeAll, expect, it } from 'vitest'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { reader } from '../testing/reader'
import { sample } from '../testing/sample'
import { verdicts } from '../testing/verdicts'
import { page as render } from './page'

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const at = reader()
const addresses: Record<string, string> = {}

beforeAll(async () => {
  addresses.green = at.pages.put('green.html', render(reportOf((await cucumberRun(sample)).envelopes)))
  addresses.red = at.pages.put(
    'red.html',
    render(reportOf((await cucumberRun({ ...sample, ...verdicts })).envelopes)),
  )
})

it.each([
  ['green', 'light', 1280],
  ['green', 'dark', 1280],
  ['green', 'light', 390],
  ['red', 'light', 1280],
  ['red', 'dark', 390],
] as const)(
  'a %s page, %s, %s pixels wide: axe finds nothing by WCAG 2.2 AA',
  async (name, colorScheme, width) => {
    // The page's own policy would keep axe out.
    const context = await at.browser.newContext({
      bypassCSP: true,
      colorScheme,
      viewport: { width, height: 900 },
    })
    const page = await context.newPage()
    await page.goto(addresses[name] ?? '')
    // Boxes that scroll take the focus from the first Tab on.
    await page.keyboard.press('Tab')
    await page.addScriptTag({ content: axe })
    const { violations } = (await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`,
    )) as AxeResults
    expect(
      violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200)} (${nodes.length})`,
      ),
    ).toEqual([])
    await context.close()
  },
  30_000,
)
