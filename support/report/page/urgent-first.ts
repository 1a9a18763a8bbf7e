import type { System } from '../model'

/** What is looked for in the night before what is looked for by day: by the share of runbooks that are for on-call. */
export function urgentFirst(systems: readonly System[]): System[] {
  return [...systems].sort((a, b) => shareOf(b) - shareOf(a))
}

function shareOf({ runbooks }: System): number {
  return runbooks.filter(({ personas }) => personas.includes('on-call')).length / Math.max(runbooks.length, 1)
}
