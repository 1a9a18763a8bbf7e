import { spoken } from '../duration'
import type { ScenarioReport, Step } from '../model'
import { isFlaky, passedAt, timesTried } from '../state'
import { firstLine } from '../visible-text'
import { factsOf } from './facts'
import { Message } from './failure'
import { FaultTimeline } from './fault-timeline'
import { LastGreen } from './last-green'
import { classOf, Mark } from './mark'
import { Prose } from './prose'
import { notable, StepItem } from './step'

/** One procedure. */
export function ScenarioArticle({ scenario }: { readonly scenario: ScenarioReport }) {
  const { address, title, state, prose, durationMs, waitedMs } = scenario
  const steps = scenario.steps.filter((step) => state !== 'passed' || step.keyword !== 'hook')
  const begins = Math.max(
    steps.findIndex((step) => !isQuiet(step)),
    0,
  )
  return (
    <article class={`scenario ${classOf(state)}`} id={address} data-facts={factsOf(scenario)}>
      <h4>
        <Mark state={state} />
        <span>{title}</span>
        <span class="meta">
          {isFlaky(scenario) && <span class="flaky">{passedAt(scenario)}</span>}
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
      {prose && <Prose text={prose} />}
      <Notice scenario={scenario} />
      <LastGreen scenario={scenario} />
      {scenario.faults.map((fault) => (
        <FaultTimeline fault={fault} scenario={scenario} key={fault.name} />
      ))}
      <ol class="steps">
        <Prepared steps={steps.slice(0, begins)} />
        {steps.slice(begins).map((step, index) => (
          <StepItem step={step} isProven={state === 'passed'} key={`${index}`} />
        ))}
      </ol>
      <Attempts scenario={scenario} />
    </article>
  )
}

/** Whether a step did its work and has nothing to show for it. */
function isQuiet({ status, table, note, commands, evidence, ledgers, measures, texts }: Step): boolean {
  const shown = [commands, evidence, ledgers, measures, texts].some((each) => each.length > 0)
  return status === 'passed' && table === undefined && note === undefined && !shown
}

/** What the lab was brought to before the procedure begins: a line, since an operator has nothing to do there. */
function Prepared({ steps }: { readonly steps: readonly Step[] }) {
  if (steps.length === 0) return null
  const tookMs = steps.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0)
  return (
    <li class="step passed prepared">
      <Mark state="passed" />
      <div class="line">
        <span class="kw">Given</span> {steps.map(({ text }) => text).join('; ')}
        {tookMs >= notable && <span class="took">{spoken(tookMs)}</span>}
      </div>
    </li>
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
      It took {timesTried(scenario)} attempts.{' '}
      {scenario.attempts.map((attempt) => (
        <span key={attempt.number}>
          Attempt {attempt.number}: {attempt.verdict}
          {attempt.message && `, “${firstLine(attempt.message)}”`}.{' '}
        </span>
      ))}
    </p>
  )
}
