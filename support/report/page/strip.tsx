import { spoken } from '../duration'
import type { Run, Runbook, ScenarioReport, State } from '../model'
import { scenariosIn } from '../report-parts'
import { Age } from './age'
import { classOf } from './mark'

/** The line that answers: does it work, since when is that known, and what does it do to the system. */
export function StateStrip({ runbook, run }: { readonly runbook: Runbook; readonly run: Run }) {
  const { mutates, reversible, durationMs } = runbook
  const { headline, state, when } = standingOf(runbook, run)
  return (
    <p class={`strip ${classOf(state)}`} {...(state === 'passed' && when ? { 'data-verified': when } : {})}>
      <b>
        {headline} {when && <Age iso={when} />}
      </b>
      {run.lab.versions.length > 0 && (
        <span>
          <i>with</i> {run.lab.versions.slice(0, 3).map(versionOf).join(' · ')}
        </span>
      )}
      {durationMs !== undefined && (
        <span>
          <i>takes</i> {spoken(durationMs)}
        </span>
      )}
      <span>
        {mutates ? 'changes the system' : 'read-only'}
        {reversible === true && ' · reversible'}
        {reversible === false && <b class="bad"> · irreversible</b>}
      </span>
      {runbook.degraded && <span>degraded mode</span>}
      {runbook.severity && (
        <span>
          <i>severity</i> {runbook.severity}
        </span>
      )}
    </p>
  )
}

/** As in "Kubernetes 1.37.2". */
export function versionOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`
}

interface Standing {
  readonly headline: string
  readonly state: State
  /** ISO time since when it is so; of a runbook that works, of its procedure that was verified the longest ago. */
  readonly when?: string | undefined
}

/** A runbook is as good as its worst procedure, and as fresh as its oldest proof, whichever run that is from. */
function standingOf(runbook: Runbook, run: Run): Standing {
  const { state } = runbook
  const when = run.finishedAt ?? run.startedAt
  if (state !== 'passed' && state !== 'not run') return { headline: headlines[state], state, when }
  const scenarios = scenariosIn(runbook)
  const [red] = scenarios
    .flatMap((each) => (each.state === 'not run' ? (each.past?.redSince ?? []) : []))
    .sort()
  if (red !== undefined) return { headline: 'Fails, not run again since', state: 'failed', when: red }
  const proofs = scenarios.map((each) => provenAt(each, when))
  const known = proofs.flatMap((proof) => proof ?? []).sort()
  if (known.length === 0) return { headline: headlines['not run'], state: 'not run' }
  if (known.length < proofs.length)
    return {
      headline: `Verified in part, ${known.length} of ${proofs.length} procedures`,
      state: 'not run',
      when: known[0],
    }
  return { headline: headlines.passed, state: 'passed', when: known[0] }
}

function provenAt({ state, past }: ScenarioReport, now: string | undefined): string | undefined {
  return state === 'passed' ? now : past?.green?.at
}

const headlines: Readonly<Record<State, string>> = {
  passed: 'Verified',
  failed: 'Failed',
  misuse: 'Can’t be judged as written',
  inconclusive: 'Inconclusive',
  'known defect': 'Fails as its defect says',
  'not run': 'Not run in this run',
}
