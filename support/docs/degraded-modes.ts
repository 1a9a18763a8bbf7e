import { linked } from '../report/cross-references'
import { degradedColumns, saidOf } from '../report/degraded-mode'
import type { Report, Runbook } from '../report/model'
import { chapters, runbooksByAddress } from './chapters'
import { plain, table } from './markdown'
import type { Page } from './procedure'

/** The degraded modes at a glance. What stands there is said by the runbooks themselves. */
export function degradedTable(runbooks: readonly Runbook[], page: Page): string {
  const rows = runbooks.map((runbook) => [
    `[${plain(runbook.title)}](${page.linkTo(runbook.address)})`,
    ...degradedColumns.map((column) => linked(saidOf(runbook, column) ?? '', page.runbooks, page.linkTo)),
  ])
  return table(['Mode', ...degradedColumns], rows)
}

/** What the runbooks of degraded modes don't tell, a line each. */
export function degradedFlaws(report: Report): string[] {
  const degraded = chapters.find(({ id }) => id === 'degraded-modes')?.runbooks ?? []
  const all = runbooksByAddress(report)
  return degraded
    .flatMap((address) => all.get(address) ?? [])
    .flatMap((runbook) =>
      degradedColumns
        .filter((column) => saidOf(runbook, column) === undefined)
        .map((column) => `${runbook.uri}: a degraded mode, and no paragraph begins with **${column}**`),
    )
}
