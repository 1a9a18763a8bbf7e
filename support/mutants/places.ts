import { generateMessages } from '@cucumber/gherkin'
import { IdGenerator, SourceMediaType } from '@cucumber/messages'
import { trackedFiles } from '../checks/tracked'
import { HarnessMisused } from '../errors'
import { addressesByLine } from '../report/address'

/** Where every scenario of the features is, by its address: `features/x.feature:12`. */
export function placesByAddress(): ReadonlyMap<string, string> {
  const features = trackedFiles().filter(({ path }) => /^features\/.*\.feature$/.test(path))
  return new Map(
    features.flatMap(({ path, text }) =>
      generateMessages(text, path, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
        newId: IdGenerator.incrementing(),
        includeGherkinDocument: true,
      }).flatMap(({ gherkinDocument }) =>
        gherkinDocument
          ? [...addressesByLine(gherkinDocument)].map(
              ([line, address]) => [address, `${path}:${line}`] as const,
            )
          : [],
      ),
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
