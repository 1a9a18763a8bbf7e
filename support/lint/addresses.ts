import { runbookAddress } from '../report/address'
import { found, type LintFinding } from './finding'
import type { Page } from './page'
import { repeated } from './repeated'

/** Runbooks that have the same address, be it a former one, and parts of a runbook that have the same number. */
export function addressFindings(pages: readonly Page[]): LintFinding[] {
  return [...pages.flatMap(sharedNumbers), ...sharedAddresses(pages)]
}

/** A part's number is in the address of its scenarios: `nats-backup-now.2.1`. */
function sharedNumbers({ uri, rules }: Page): LintFinding[] {
  const numbered = rules.filter(({ name }) => /^\d+/.test(name))
  return repeated(numbered, ({ name }) => String(Number.parseInt(name, 10))).map(([first, again]) => {
    const what = `"${again.name}" has the number of "${first.name}"`
    return found('addresses', { uri, line: again.location.line }, what, 'number the rules 1, 2, 3...')
  })
}

function sharedAddresses(pages: readonly Page[]): LintFinding[] {
  const addressed = pages.flatMap((page) => addressesOf(page).map((address) => ({ page, address })))
  return repeated(addressed, ({ address }) => address).map(([first, again]) => {
    const { uri, feature } = again.page
    const what = `this runbook has the address of ${first.page.uri}: ${again.address}`
    return found(
      'addresses',
      { uri, line: feature.location.line },
      what,
      'give it a @runbook: tag of its own',
    )
  })
}

/** The address of a runbook, and those that lead to it. */
function addressesOf({ feature, uri }: Page): string[] {
  const former = feature.tags.flatMap(({ name }) => /^@formerly:(.+)$/.exec(name)?.[1] ?? [])
  return [runbookAddress(feature, uri), ...former]
}
