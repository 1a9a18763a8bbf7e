import { type Expectation, procedureOf } from '../expectation'
import type { Report, Run, Runbook, ScenarioReport } from '../model'
import { runbooksOf } from '../report-parts'
import { CopyButton } from './command-head'
import { scriptHtml } from './markup'
import { StateStrip } from './strip'

/** The runbooks that are a card: facts and commands of every day, which fit on one sheet. */
export function cardsOf(report: Report): Runbook[] {
  return runbooksOf(report).filter(({ address }) => address.endsWith('quick-reference'))
}

/** The quick reference on one sheet, for the wall; `#card` shows it alone, and prints it alone. */
export function Card({ report }: { readonly report: Report }) {
  return (
    <section class="card" id="card">
      {cardsOf(report).map((runbook) => (
        <Sheet runbook={runbook} run={report.run} key={runbook.address} />
      ))}
    </section>
  )
}

function Sheet({ runbook, run }: { readonly runbook: Runbook; readonly run: Run }) {
  return (
    <>
      <h2>
        <a href={`#${runbook.address}`}>{runbook.title}</a>
      </h2>
      <StateStrip runbook={runbook} run={run} />
      {/* A part that is only prose is on the page; the sheet has the facts and the commands. */}
      {runbook.sections
        .filter(({ scenarios }) => scenarios.length > 0)
        .map((section) => (
          <div class="part" key={section.address}>
            <h3>{section.title}</h3>
            {section.scenarios.map((scenario) => (
              <Entry scenario={scenario} key={scenario.address} />
            ))}
          </div>
        ))}
    </>
  )
}

function Entry({ scenario }: { readonly scenario: ScenarioReport }) {
  return (
    <div class="entry">
      <h4>{scenario.title}</h4>
      {procedureOf(scenario).parts.map(({ command, expected }, index) => (
        <div key={`${index}`}>
          {command && (
            <div class="line">
              <pre dangerouslySetInnerHTML={{ __html: scriptHtml(command.script) }} />
              <CopyButton address={command.address} />
            </div>
          )}
          {expected.length > 0 && (
            <ul>
              {expected.map((each) => (
                <li key={each.text}>{phraseOf(each)}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </div>
  )
}

function phraseOf({ kind, text }: Expectation) {
  return kind === 'then' ? (
    text
  ) : (
    <>
      {kind} <code>{text}</code>
    </>
  )
}
