import type { Report } from '../model'

/** Addresses that runbooks had before, with those they have now; tags hold nothing that would have to be escaped. */
export function formerAddresses({ systems }: Report): Record<string, string> {
  const runbooks = systems.flatMap((system) => system.runbooks)
  return Object.fromEntries(
    runbooks.flatMap(({ address, formerly }) => formerly.map((old) => [old, address])),
  )
}
