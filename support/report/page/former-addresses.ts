import type { Report } from '../model'
import { runbooksOf } from '../report-parts'

/** Addresses that runbooks had before, with those they have now; tags hold nothing that would have to be escaped. */
export function formerAddresses(report: Report): Record<string, string> {
  return Object.fromEntries(
    runbooksOf(report).flatMap(({ address, formerly }) => formerly.map((old) => [old, address])),
  )
}
