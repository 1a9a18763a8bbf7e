import type { Runbook } from './model'

/** What a runbook does to the system, in words: "can be undone". */
export function consequenceOf({ mutates, reversible }: Pick<Runbook, 'mutates' | 'reversible'>): string {
  if (!mutates) return 'changes nothing'
  return reversible === false ? 'can’t be undone' : 'can be undone'
}
