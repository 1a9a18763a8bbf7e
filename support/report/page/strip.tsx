import { spoken } from '../duration'
import type { Run, Runbook, State } from '../model'
import { Age } from './age'
import { classOf } from './mark'

/** The line that answers: does it work, since when is that known, and what does it do to the system. */
export function StateStrip({ runbook, run }: { readonly runbook: Runbook; readonly run: Run }) {
  const { state, mutates, reversible, durationMs } = runbook
  const when = run.finishedAt ?? run.startedAt
  return (
    <p class={`strip ${classOf(state)}`} {...(state === 'passed' && when ? { 'data-verified': when } : {})}>
      <b>
        {headlines[state]} {state !== 'not run' && when && <Age iso={when} />}
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

const headlines: Readonly<Record<State, string>> = {
  passed: 'Verified',
  failed: 'Failed',
  misuse: 'Can’t be judged as written',
  inconclusive: 'Inconclusive',
  'known defect': 'Fails as its defect says',
  'not run': 'Not run in this run',
}
