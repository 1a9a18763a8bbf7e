import { chapters } from '../docs/chapters'
import { degradedModes as modesOf } from '../report/degraded-mode'
import type { Report, Runbook } from '../report/model'
import { scenariosIn } from '../report/report-parts'
import { isGreen } from '../report/state'
import type { Published } from './published'

/**
 * Every degraded mode: of the docs, and of the runbooks that say what fails and what still works. One is shown when it's
 * both, and a scenario of it was green under a fault.
 */
export function degradedModes(report: Report, listed = chapters): Published[] {
  const inDocs = listed.find(({ id }) => id === 'degraded-modes')?.runbooks ?? []
  const modes = modesOf(report)
  const missing = inDocs.filter((address) => !modes.some((mode) => mode.address === address))
  return [
    ...modes.map((mode): Published => {
      const gap = gapOf(mode, inDocs)
      return { what: nameOf(mode.address), at: `${mode.uri}:1`, ...(gap === undefined ? {} : { gap }) }
    }),
    ...missing.map((address) => ({
      what: nameOf(address),
      at: 'support/docs/chapters.ts:1',
      gap: 'no runbook of that address says what fails and what still works',
    })),
  ]
}

function gapOf(mode: Runbook, inDocs: readonly string[]): string | undefined {
  const isShown = scenariosIn(mode).some(({ state, faults }) => isGreen(state) && faults.length > 0)
  if (!isShown) return 'none of its scenarios was green under a fault'
  return inDocs.includes(mode.address)
    ? undefined
    : 'it is not among the degraded modes of docs/saas/runbook.md'
}

function nameOf(address: string): string {
  return `degraded mode ${address}`
}
