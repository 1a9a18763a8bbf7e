import { alertsOf } from '../alerts'
import { spoken } from '../duration'
import type { Report, Run, Runbook } from '../model'
import { runbooksOf, scenariosIn } from '../report-parts'
import { counted, countKinds, sentenceOf } from '../sentence'
import { Age } from './age'
import { DegradedTable } from './degraded-table'
import { Message } from './failure'
import { classOf, Mark } from './mark'
import { versionOf } from './strip'

/** The run on one screen: its verdict, what is red, and every runbook with where it stands. */
export function Overview({ report }: { readonly report: Report }) {
  const { run, systems } = report
  const when = run.finishedAt ?? run.startedAt
  return (
    <section class="overview" id="overview">
      <h1>{sentenceOf(run)}</h1>
      <p
        class={`strip ${classOf(run.verdict)}`}
        {...(run.verdict === 'passed' && when ? { 'data-verified': when } : {})}
      >
        <b>
          {run.verdict === 'passed' ? 'Verified' : run.verdict} {when && <Age iso={when} />}
        </b>
        <Counts run={run} />
        {run.durationMs !== undefined && (
          <span>
            <i>ran for</i> {spoken(run.durationMs)}
          </span>
        )}
        {run.lab.versions.length > 0 && (
          <span>
            <i>with</i> {run.lab.versions.slice(0, 4).map(versionOf).join(' · ')}
          </span>
        )}
        {run.lab.commit && (
          <span>
            <i>commit</i>{' '}
            <span class="mono">
              {run.lab.commit.replaceAll(/[0-9a-f]{13,}/g, (hash) => hash.slice(0, 12))}
            </span>
          </span>
        )}
      </p>
      <Elsewhere run={run} />
      {run.leftOut && <LeftOut lines={run.leftOut} />}
      <DegradedTable report={report} />
      <Alerts runbooks={runbooksOf(report)} />
      {systems.map((system) => (
        <div class="index" key={system.name}>
          <p class="cap">{system.title}</p>
          <ul>
            {system.runbooks.map((runbook) => (
              <IndexLine runbook={runbook} key={runbook.address} />
            ))}
          </ul>
        </div>
      ))}
      {run.lab.simulated.length > 0 && (
        <details class="dim">
          <summary>What is simulated in this run</summary>
          <ul>
            {run.lab.simulated.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** How many came to what; each leads to them. */
function Counts({ run: { counts } }: { readonly run: Run }) {
  const kinds = countKinds(counts)
  return (
    <span>
      {kinds.length === 0 && 'none'}
      {kinds.map((kind, index) => (
        <span key={kind}>
          {index > 0 && ', '}
          <a href={`#find:is:${kind.replace(' ', '-')}`}>{counted(counts[kind], kind)}</a>
        </span>
      ))}
    </span>
  )
}

/** From an alert to its runbook. */
function Alerts({ runbooks }: { readonly runbooks: readonly Runbook[] }) {
  const alerts = alertsOf(runbooks)
  if (alerts.length === 0) return null
  return (
    <div class="index" id="alerts">
      <p class="cap">An alert fires</p>
      <ul>
        {alerts.map(([alert, its]) => (
          <li key={alert}>
            <span class="mono">{alert}</span>
            {its.map((runbook) => (
              <a href={`#${runbook.address}`} key={runbook.address}>
                {runbook.title}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What was asked for and isn't run where others work. */
function LeftOut({ lines }: { readonly lines: readonly string[] }) {
  return (
    <div class="left-out">
      <p>Not all that was asked for ran:</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

/** What went wrong outside of any procedure. */
function Elsewhere({ run }: { readonly run: Run }) {
  return (
    <>
      {run.reasons
        .filter((reason) => reason.scenario === undefined)
        .map((reason) => (
          <Message
            key={reason.message}
            message={[reason.message ?? reason.code ?? '', reason.where ?? ''].filter(Boolean).join('\n')}
            kind={reason.verdict}
          />
        ))}
    </>
  )
}

function IndexLine({ runbook }: { readonly runbook: Runbook }) {
  const use = runbook.prose.fields.find((field) => field.label === 'Use when')?.text
  const scenarios = scenariosIn(runbook)
  const good = scenarios.filter((scenario) => scenario.state === 'passed').length
  return (
    <li data-personas={runbook.personas.join(' ')}>
      <Mark state={runbook.state} />
      <a href={`#${runbook.address}`}>{runbook.title}</a>
      <span class="dim use-when">{use?.replaceAll(/[*`]/g, '')}</span>
      <span class="dim n">
        {good} of {scenarios.length}
      </span>
    </li>
  )
}
