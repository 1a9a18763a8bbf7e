import type { Report } from '../model'
import { runbooksOf } from '../report-parts'
import { sentenceOf } from '../sentence'
import { About } from './about'
import { browserScript } from './asset'
import { betweenPages, fileOf, movedTo } from './between-pages'
import { Card } from './card'
import { type Ageing, common, documentOf, untilOld } from './document'
import { formerAddresses } from './former-addresses'
import { Overview } from './overview'
import { RunbookPage } from './runbook'
import { searchScript } from './search-script'
import { urgentFirst } from './urgent-first'

/**
 * The operators' page: one file with everything in it, which fetches nothing and runs no script but its own.
 *
 * @param ageing when "verified" turns amber and red; a week and a month unless told
 */
export function page(made: Report, ageing: Ageing = untilOld): string {
  const report = { ...made, systems: urgentFirst(made.systems) }
  return documentOf(report, ageing, {
    title: `Runbooks: ${sentenceOf(report.run)}`,
    script: [searchScript(), ...['copy', 'search', 'paste', ...common].map(browserScript)].join('\n'),
    main: (
      <>
        <Nearest />
        <Card report={report} />
        <Overview report={report} />
        {runbooksOf(report).map((runbook) => (
          <RunbookPage runbook={runbook} run={report.run} key={runbook.uri} />
        ))}
        <About run={report.run} />
      </>
    ),
  })
}

/**
 * A page for each runbook, at an address that stays: `quick-start.html#quick-start.2.1`. They lie in one folder with the
 * whole document, `index.html`, to which they lead for everything that isn't a runbook's own.
 *
 * @returns files by name
 */
export function site(made: Report, ageing: Ageing = untilOld): Map<string, string> {
  const report = { ...made, systems: urgentFirst(made.systems) }
  const runbooks = runbooksOf(report)
  const addresses = runbooks.map(({ address }) => address)
  const script = ['copy', 'search', ...common].map(browserScript).join('\n')
  const pages = runbooks.map((runbook) => {
    const html = documentOf(report, ageing, {
      title: runbook.title,
      script,
      main: <RunbookPage runbook={runbook} run={report.run} />,
      only: runbook,
    })
    return [fileOf(runbook.address), betweenPages(html, runbook.address, addresses)] as const
  })
  const former = Object.entries(formerAddresses(report)).map(
    ([old, now]) => [fileOf(old), movedTo(fileOf(now), old)] as const,
  )
  return new Map([...former, ...pages])
}

/** Where the procedures that are nearest to a pasted error are put. */
function Nearest() {
  return (
    <section class="nearest" id="nearest" aria-live="polite" hidden>
      <p class="cap">Nearest to what you pasted</p>
      <ol />
      <p class="none dim">Nothing here is like it.</p>
    </section>
  )
}
