import { HarnessMisused } from '../errors'
import { addressesByLine } from '../report/address'
import { readFeatureFiles } from '../report/feature-files'

/** Where every scenario of the features is, by its address: `features/x.feature:12`. */
export function placesByAddress(): ReadonlyMap<string, string> {
  return new Map(
    readFeatureFiles().flatMap(({ uri, document }) =>
      [...addressesByLine(document)].map(([line, address]) => [address, `${uri}:${line}`] as const),
    ),
  )
}

/**
 * The places of some addresses.
 *
 * @throws HarnessMisused for an address that no scenario has
 */
export function placesOf(addresses: readonly string[], all: ReadonlyMap<string, string>): string[] {
  return addresses.map((address) => {
    const place = all.get(address)
    if (place) return place
    throw new HarnessMisused('RBK_NO_SUCH_ADDRESS', {
      attempted: `No scenario has the address ${address}`,
      next: 'The addresses are in docs/scenarios.md and on the report.',
    })
  })
}
