import { isGreen } from '../state'
import type { History } from './history'
import { spreadOf } from './spread'

/** How long each procedure usually takes, in milliseconds by address. */
export function usualDurations({ procedures }: History): Map<string, number> {
  return new Map(
    [...procedures].flatMap(([address, { results }]) => {
      const usual = spreadOf(results.flatMap(({ verdict, ms }) => (isGreen(verdict) ? [ms] : [])))
      return usual ? [[address, usual.medianMs]] : []
    }),
  )
}
