import type { Runbook } from './model'
import { scenariosIn } from './report-parts'

/**
 * Whether a runbook only shows what is wrong: each of its procedures is a known defect. It's evidence, nobody is to follow
 * it: it comes last, and no search for a way out leads to it.
 */
export function isExhibit(runbook: Pick<Runbook, 'sections'>): boolean {
  const scenarios = scenariosIn(runbook)
  return scenarios.length > 0 && scenarios.every(({ tags }) => tags.some(isKnownDefect))
}

/** Whether a tag names the defect that a procedure shows. */
export function isKnownDefect(tag: string): boolean {
  return tag.startsWith('@known-defect:')
}
