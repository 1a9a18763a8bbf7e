import type { Report, Runbook } from './model'
import { runbooksOf } from './report-parts'

/** What the runbook of a degraded mode tells before anything else, in the order in which it is read. */
export const degradedColumns = ['What fails', 'What still works', 'For how long', 'What to do'] as const

/** The runbooks that say what fails and what still works. */
export function degradedModes(report: Report): Runbook[] {
  return runbooksOf(report).filter((runbook) =>
    degradedColumns.some((column) => saidOf(runbook, column) !== undefined),
  )
}

/** What a runbook says under `**column**`; undefined when no paragraph of it begins so. */
export function saidOf({ prose }: Runbook, column: string): string | undefined {
  const paragraph = prose.rest.split(/\n\s*\n/).find((each) => each.trimStart().startsWith(`**${column}**`))
  const text = paragraph?.trim().slice(column.length + '****'.length)
  return text === undefined ? undefined : asSentence(text.trim())
}

function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
