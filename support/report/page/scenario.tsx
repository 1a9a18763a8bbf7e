import { spoken } from '../duration'
import type { ScenarioReport } from '../model'
import { firstLine } from '../visible-text'
import { Message } from './failure'
import { FaultTimeline } from './fault-timeline'
import { LastGreen } from './last-green'
import { classOf, Mark } from './mark'
import { proseHtml } from './markup'
import { StepItem } from './step'

/** One procedure. */
export function ScenarioArticle({ scenario }: { readonly scenario: ScenarioReport }) {
  const { address, title, state, prose, durationMs, waitedMs } = scenario
  return (
    <article class={`scenario ${classOf(state)}`} id={address}>
      <h4>
        <Mark state={state} />
        <span>{title}</span>
        <span class="meta">
          {durationMs !== undefined && (
            <span
              class="took"
              title={waitedMs === undefined ? undefined : `${spoken(waitedMs)} of it waiting`}
            >
              {spoken(durationMs)}
            </span>
          )}
          <a class="addr" href={`#${address}`}>
            #{address}
          </a>
        </span>
      </h4>
      {prose && <div class="prose" dangerouslySetInnerHTML={{ __html: proseHtml(prose) }} />}
      <Notice scenario={scenario} />
      <LastGreen scenario={scenario} />
      {scenario.faults.map((fault) => (
        <FaultTimeline fault={fault} scenario={scenario} key={fault.name} />
      ))}
      <ol class="steps">
        {scenario.steps.map((step, index) => (
          <StepItem step={step} key={`${index}`} />
        ))}
      </ol>
      <Attempts scenario={scenario} />
    </article>
  )
}

/** Why the scenario is in its state, unless one of its steps says it. */
function Notice({ scenario }: { readonly scenario: ScenarioReport }) {
  const { state, message, code } = scenario
  if (state === 'not run')
    return <p class="notice">Not run in this run: the commands are as published, nothing is proven.</p>
  if (state === 'passed' || message === undefined) return null
  if (state === 'known defect') {
    const defect = code?.slice(code.indexOf(':') + 1)
    return (
      <p class="notice">
        Known defect {defect}: it fails as the defect says. When it passes, the run is red.
      </p>
    )
  }
  if (scenario.steps.some((step) => step.status === 'failed' && step.message === message)) return null
  return <Message message={message} kind={state} />
}

function Attempts({ scenario }: { readonly scenario: ScenarioReport }) {
  if (scenario.attempts.length === 0) return null
  return (
    <p class="notice attempts">
      It took {scenario.attempts.length + 1} attempts.{' '}
      {scenario.attempts.map((attempt) => (
        <span key={attempt.number}>
          Attempt {attempt.number}: {attempt.verdict}
          {attempt.message && `, “${firstLine(attempt.message)}”`}.{' '}
        </span>
      ))}
    </p>
  )
}
