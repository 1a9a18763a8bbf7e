import type { Measure } from '../attachment'
import { spoken } from '../duration'

/** A measured time against its target, and what it is made of. */
export function MeasureBars({ measure }: { readonly measure: Measure }) {
  const { name, ms, targetMs, phases = [] } = measure
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
    </figure>
  )
}

function Phases({ phases }: { readonly phases: NonNullable<Measure['phases']> }) {
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
