import { spoken } from '../duration'
import type { Step } from '../model'

/** A measured time against its target, and what it is made of. */
export function MeasureBars({ measure }: { readonly measure: Step['measures'][number] }) {
  const { name, ms, targetMs, phases = [], earlierMs = [] } = measure
  const missed = targetMs !== undefined && ms > targetMs
  const scale = Math.max(ms, targetMs ?? ms, 1)
  return (
    <figure class={missed ? 'measure missed' : 'measure'}>
      <figcaption>
        <b>{name}</b> <span class={missed ? 'bad' : ''}>{spoken(ms)}</span>
        {targetMs !== undefined && <span class="dim"> target {spoken(targetMs)}</span>}
      </figcaption>
      <svg height="8" width="100%" role="img" aria-label={`${name} ${spoken(ms)}`}>
        <rect class="rail" width="100%" height="8" rx="2" />
        <rect class="value" width={`${(100 * ms) / scale}%`} height="8" rx="2" />
        {missed && <rect class="target" x={`${(100 * targetMs) / scale}%`} width="2" height="8" />}
      </svg>
      {phases.length > 0 && <Phases phases={phases} />}
      {earlierMs.length > 0 && <Trend name={name} values={[...earlierMs, ms]} />}
    </figure>
  )
}

/** How it went from run to run, the newest at the right. */
function Trend({ name, values }: { readonly name: string; readonly values: readonly number[] }) {
  const top = Math.max(...values, 1)
  const points = values.map((ms, index) => `${(100 * index) / (values.length - 1)},${22 - (20 * ms) / top}`)
  const said = `${name}: the last ${values.length} runs, ${spoken(Math.min(...values))} to ${spoken(top)}`
  return (
    <div class="trend">
      <svg viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={said}>
        <polyline points={points.join(' ')} />
      </svg>
      <span class="dim">
        last {values.length} runs: {spoken(Math.min(...values))} to {spoken(top)}
      </span>
    </div>
  )
}

function Phases({ phases }: { readonly phases: NonNullable<Step['measures'][number]['phases']> }) {
  const whole = Math.max(
    phases.reduce((sum, phase) => sum + phase.ms, 0),
    1,
  )
  let from = 0
  return (
    <>
      <svg height="8" width="100%" aria-hidden="true">
        {phases.map((phase, index) => {
          const x = (100 * from) / whole
          from += phase.ms
          return (
            <rect
              class={`phase p${index % 4}`}
              key={phase.name}
              x={`${x}%`}
              width={`${(100 * phase.ms) / whole}%`}
              height="8"
            />
          )
        })}
      </svg>
      <ul class="phases">
        {phases.map((phase, index) => (
          <li key={phase.name}>
            <svg width="8" height="8" aria-hidden="true">
              <rect class={`phase p${index % 4}`} width="8" height="8" />
            </svg>{' '}
            {phase.name} {spoken(phase.ms)}
          </li>
        ))}
      </ul>
    </>
  )
}
