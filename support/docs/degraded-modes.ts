import type { Report, Runbook } from '../report/model'
import { chapters, runbooksByAddress } from './chapters'
import { linked } from './cross-references'
import { plain, table } from './markdown'
import type { Page } from './procedure'

/** What the runbook of a degraded mode tells before anything else, in the order of the table. */
const columns = ['What fails', 'What still works', 'For how long', 'What to do'] as const

/** The degraded modes at a glance. What stands there is said by the runbooks themselves. */
export function degradedTable(runbooks: readonly Runbook[], page: Page): string {
  const rows = runbooks.map((runbook) => [
    `[${plain(runbook.title)}](${page.linkTo(runbook.address)})`,
    ...columns.map((column) => linked(sentence(said(runbook, column)), page.runbooks, page.linkTo)),
  ])
  return table(['Mode', ...columns], rows)
}

/** What the runbooks of degraded modes don't tell, a line each. */
export function degradedFlaws(report: Report): string[] {
  const degraded = chapters.find(({ id }) => id === 'degraded-modes')?.runbooks ?? []
  const all = runbooksByAddress(report)
  return degraded
    .flatMap((address) => all.get(address) ?? [])
    .flatMap((runbook) =>
      columns
        .filter((column) => said(runbook, column) === undefined)
        .map((column) => `${runbook.uri}: a degraded mode, and no paragraph begins with **${column}**`),
    )
}

function said({ prose }: Runbook, column: string): string | undefined {
  const paragraph = prose.rest.split(/\n\s*\n/).find((each) => each.trimStart().startsWith(`**${column}**`))
  return paragraph
    ?.trim()
    .slice(column.length + 4)
    .trim()
}

function sentence(text = ''): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
