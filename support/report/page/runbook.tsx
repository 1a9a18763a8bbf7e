import { isExhibit } from '../exhibit'
import type { Run, Runbook, Section } from '../model'
import { scenariosIn } from '../report-parts'
import { Age } from './age'
import { FirstCommand } from './first-command'
import { Mark } from './mark'
import { Phrase, Prose } from './prose'
import { ScenarioArticle } from './scenario'
import { StateStrip } from './strip'
import { UndoOf, undoOf } from './undo'

/** One runbook's page within the page: what has to be known first, then its sections. */
export function RunbookPage({ runbook, run }: { readonly runbook: Runbook; readonly run: Run }) {
  return (
    <section
      class={isExhibit(runbook) ? 'runbook exhibit' : 'runbook'}
      id={runbook.address}
      data-title={runbook.title}
      data-personas={runbook.personas.join(' ')}
    >
      <div class="reading">
        <h2>{runbook.title}</h2>
        <StateStrip runbook={runbook} run={run} />
        {isExhibit(runbook) ? <Exhibit /> : <Failures runbook={runbook} />}
        {runbook.prose.fields.length > 0 && (
          <dl class="use">
            {runbook.prose.fields.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <Phrase text={text} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        {runbook.prose.rest && <Prose text={runbook.prose.rest} />}
        {!isExhibit(runbook) && <FirstCommand runbook={runbook} />}
        <Jumps runbook={runbook} />
        <UndoOf.Provider value={undoOf(runbook)}>
          {runbook.sections.map((section) => (
            <SectionPart section={section} key={section.address} />
          ))}
        </UndoOf.Provider>
      </div>
      <Aside runbook={runbook} />
    </section>
  )
}

function Exhibit() {
  return (
    <p class="notice exhibit">
      An exhibit, not a procedure: everything on this page is known to be wrong, and was run to show it. Don’t
      paste any of it.
    </p>
  )
}

function Failures({ runbook }: { readonly runbook: Runbook }) {
  const red = scenariosIn(runbook).filter(({ state, past }) =>
    state === 'not run' ? past?.redSince : state !== 'passed',
  )
  if (red.length === 0) return null
  return (
    <ul class="red">
      {red.map((scenario) => (
        <li key={scenario.address}>
          <Mark state={scenario.state} />
          <a href={`#${scenario.address}`}>{scenario.title}</a>
          {scenario.past?.redSince && (
            <span class="dim">
              since <Age iso={scenario.past.redSince} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Jumps({ runbook }: { readonly runbook: Runbook }) {
  return (
    <p class="jumps">
      {runbook.sections
        .filter((section) => section.title)
        .map((section) => (
          <a href={`#${section.address}`} key={section.address}>
            {section.number} {section.title}
          </a>
        ))}
    </p>
  )
}

function SectionPart({ section }: { readonly section: Section }) {
  return (
    <section class="section" {...(section.title ? { id: section.address } : {})}>
      {section.title && (
        <h3>
          <span class="number">{section.number}</span> {section.title}
          <a class="addr" href={`#${section.address}`}>
            #{section.address}
          </a>
        </h3>
      )}
      {section.prose && <Prose text={section.prose} />}
      {section.scenarios.map((scenario) => (
        <ScenarioArticle scenario={scenario} key={scenario.address} />
      ))}
    </section>
  )
}

function Aside({ runbook }: { readonly runbook: Runbook }) {
  return (
    <aside>
      <div class="stick">
        <p class="cap">On this page</p>
        {runbook.sections.map((section) =>
          section.title ? (
            <a href={`#${section.address}`} key={section.address}>
              {section.number} {section.title}
            </a>
          ) : (
            section.scenarios.map((scenario) => (
              <a href={`#${scenario.address}`} key={scenario.address}>
                {scenario.title}
              </a>
            ))
          ),
        )}
        {runbook.personas.length > 0 && (
          <>
            <p class="cap">For</p>
            <p>{runbook.personas.join(', ')}</p>
          </>
        )}
        {runbook.alerts.length > 0 && (
          <>
            <p class="cap">Alerts</p>
            {runbook.alerts.map((alert) => (
              <p class="mono" key={alert}>
                {alert}
              </p>
            ))}
          </>
        )}
        <p class="cap">Source</p>
        <p class="mono">{runbook.uri}</p>
      </div>
    </aside>
  )
}
