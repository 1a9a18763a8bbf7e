import { degradedColumns } from '../report/degraded-mode'
import { type Label, readProse } from '../report/prose'
import { found, type LintFinding } from './finding'
import type { Page } from './page'

/** What a page says before its first command, in the order of the page. */
const fields: readonly Label[] = ['Use when', 'Do not use when', 'Before you begin', 'Escalate']

/** What the description of a feature lacks. */
export function fieldFindings({ uri, feature }: Page): LintFinding[] {
  const said = readProse(feature.description).fields.filter(({ text }) => text !== '')
  const missing: readonly string[] = [
    ...fields.filter((field) => !said.some(({ label }) => label === field)),
    ...missingOfDegradedMode(feature.description),
  ]
  return missing.map((field) =>
    found(
      'page-fields',
      { uri, line: feature.location.line },
      `the page doesn't say **${field}**`,
      `begin a paragraph of the feature's description with **${field}** and the answer behind it`,
    ),
  )
}

/** Whoever begins to say what fails says all of it: the table of degraded modes has a cell for each. */
function missingOfDegradedMode(description: string): string[] {
  const missing = degradedColumns.filter(
    (column) => !new RegExp(`^\\s*\\*\\*${column}\\*\\*[ \\t]*\\S`, 'm').test(description),
  )
  return missing.length === degradedColumns.length ? [] : missing
}

/** Tags that every page has. That no page has both of a pair is a matter of the closed list. */
export function pageTagFindings({ uri, feature: { tags, location } }: Page): LintFinding[] {
  const spot = { uri, line: tags[0]?.location.line ?? location.line }
  const has = (tag: RegExp) => tags.some(({ name }) => tag.test(name))
  const lacks = (what: string, mend: string) => found('page-tags', spot, what, mend)
  return [
    ...(has(/^@runbook:/)
      ? []
      : [
          lacks(
            'no @runbook: tag: the address of the page would change with the name of its file',
            'add one, like @runbook:nats-backup-now',
          ),
        ]),
    ...(has(/^@persona:/)
      ? []
      : [
          lacks(
            'no @persona: tag: nobody knows for whom this is',
            'add @persona:operator, on-call or platform-engineer',
          ),
        ]),
    ...(has(/^@(mutates|read-only)$/)
      ? []
      : [
          lacks(
            'neither @mutates nor @read-only: nobody knows whether it is safe',
            'add the one that is true',
          ),
        ]),
  ]
}
