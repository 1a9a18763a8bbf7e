import type { Command, Report, ScenarioReport } from '../report/model'
import { commandsIn, scenariosOf } from '../report/report-parts'
import { isGreen } from '../report/state'
import type { Published } from './published'

/**
 * Every command block. One is shown when it ran, with the bytes it has today, in a scenario that was green.
 *
 * @param report the features as they are on the disk, joined with the last run (`currentReport`): a scenario that has
 *               changed since has no results there
 */
export function blocks(report: Report): Published[] {
  return scenariosOf(report).flatMap((scenario) =>
    commandsIn(scenario).map((command): Published => {
      const gap = gapOf(scenario, command)
      const at = `${scenario.uri}:${scenario.line}`
      return { what: `block ${command.address}`, at, ...(gap === undefined ? {} : { gap }) }
    }),
  )
}

function gapOf({ state }: ScenarioReport, { ran }: Command): string | undefined {
  if (state === 'not run') return 'its scenario did not run as it is written now'
  if (!isGreen(state)) return `its scenario is ${state}`
  return ran ? undefined : 'it did not run'
}
