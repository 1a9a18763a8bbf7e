import type { Reason, Selection } from './selection'

/** What a change affects and why, to be read: a line for each runbook. */
export function accountOf(selection: Selection, ref: string, changed: number): string {
  const { runbooks, all, picked, harmless } = selection
  const files = `${changed} changed ${changed === 1 ? 'file' : 'files'} since ${ref}`
  const total = runbooks.length
  const idle = harmless.map(({ file, why }) => `  ${file}: ${why}`)
  const untouched = idle.length > 0 ? ['', 'No runbook depends on:', ...idle] : []
  if (all.length > 0)
    return [`${files} can affect all ${total} runbooks:`, `  ${reasonsText(all)}`].join('\n')
  if (picked.length === 0)
    return [`${files} can affect none of the ${total} runbooks.`, ...untouched].join('\n')
  const width = Math.max(...picked.map(({ runbook }) => runbook.name.length)) + 2
  const lines = picked.map(({ runbook, reasons }) => `  ${runbook.name.padEnd(width)}${reasonsText(reasons)}`)
  return [`${files} can affect ${picked.length} of ${total} runbooks:`, ...lines, ...untouched].join('\n')
}

function reasonsText(reasons: readonly Reason[]): string {
  const others = reasons.length > 1 ? ` (and ${reasons.length - 1} more of the changed files)` : ''
  return `${reasons.slice(0, 1).map(reasonText).join('')}${others}`
}

/** "fixtures/…/restoring.bash, which restore uses, which its commands run". */
export function reasonText({ file, way, instead }: Reason): string {
  if (instead !== undefined) return `${file}, ${instead}`
  if (way.length === 0) return `${file} itself`
  const clauses = way.toReversed().flatMap(({ how }) => (how === '' ? [] : [`which ${how}`]))
  return [file, ...clauses].join(', ')
}
