import { isGreen } from '../report/history/history'
import type { Report } from '../report/model'
import { commandsIn, scenariosOf } from '../report/report-parts'
import type { Gap } from './gap'

/**
 * Command blocks that didn't run, with the bytes they have today, in a scenario that was green.
 *
 * @param report the features as they are on the disk, joined with the last run (`currentReport`): a scenario that has
 *               changed since has no results there
 */
export function blockGaps(report: Report): Gap[] {
  return scenariosOf(report).flatMap((scenario) =>
    commandsIn(scenario).flatMap(({ address, ran }): Gap[] => {
      const at = `${scenario.uri}:${scenario.line}`
      const gap = (why: string) => [{ what: `block ${address}`, at, why }]
      if (scenario.state === 'not run') return gap('its scenario did not run as it is written now')
      if (!isGreen(scenario.state)) return gap(`its scenario is ${scenario.state}`)
      return ran ? [] : gap('it did not run')
    }),
  )
}
