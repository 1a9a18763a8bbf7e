import { chapters } from '../docs/chapters'
import { degradedModes } from '../report/degraded-mode'
import type { Report } from '../report/model'
import { scenariosIn } from '../report/report-parts'
import type { Gap } from './gap'

/**
 * Degraded modes of the docs that no scenario shows, and the other way round: a runbook that says what fails and what still
 * works, and isn't among the degraded modes of the docs.
 */
export function degradedGaps(report: Report, listed = chapters): Gap[] {
  const inDocs = listed.find(({ id }) => id === 'degraded-modes')?.runbooks ?? []
  return degradedModes(report).flatMap((runbook): Gap[] => {
    const { address, uri, tags } = runbook
    const gap = (why: string) => ({ what: `degraded mode ${address}`, at: `${uri}:1`, why })
    const isShown = scenariosIn(runbook).some(
      (scenario) => scenario.tags.includes('@degraded') || tags.includes('@degraded'),
    )
    return [
      ...(isShown ? [] : [gap('none of its scenarios is under a fault: @degraded')]),
      ...(inDocs.includes(address)
        ? []
        : [gap('it is not among the degraded modes of docs/saas/runbook.md')]),
    ]
  })
}
