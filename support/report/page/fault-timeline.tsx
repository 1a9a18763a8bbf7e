import type { Fault } from '../attachment'
import { howItEnded } from '../commands'
import { spoken } from '../duration'
import { firstCommand } from '../first-command'
import type { ScenarioReport } from '../model'

interface Moment {
  /** Milliseconds since the scenario began. */
  readonly at: number
  readonly what: string
  readonly kind: 'fault' | 'seen' | 'healed'
}

/** A fault as a line in time: injected, in force, what the operator saw meanwhile, healed. */
export function FaultTimeline({
  fault,
  scenario,
}: {
  readonly fault: Fault
  readonly scenario: ScenarioReport
}) {
  const start = Date.parse(scenario.startedAt ?? fault.injectedAt)
  const moments = momentsOf(fault, scenario, start)
  const end = Math.max(scenario.durationMs ?? 0, ...moments.map((moment) => moment.at), 1)
  const percent = (at: number) => 2 + (96 * at) / end
  const from = percent(Date.parse(fault.inForceAt) - start)
  const to = fault.healedAt ? percent(Date.parse(fault.healedAt) - start) : 98
  const places = spread(moments.map((moment) => percent(moment.at)))
  return (
    <figure class="fault">
      <figcaption>
        <span class="label">Fault</span> {fault.name}
      </figcaption>
      <svg height="44" width="100%" role="img" aria-label={`Fault “${fault.name}” over time`}>
        <line class="axis" x1="2%" x2="98%" y1="12" y2="12" />
        <rect class="force" x={`${from}%`} width={`${Math.max(to - from, 0.4)}%`} y="7" height="10" rx="2" />
        {moments.map((moment, index) => (
          <g class={moment.kind} key={moment.what}>
            <line x1={`${percent(moment.at)}%`} x2={`${percent(moment.at)}%`} y1="4" y2="20" />
            <line x1={`${percent(moment.at)}%`} x2={`${places[index]}%`} y1="20" y2="26" />
            <circle cx={`${places[index]}%`} cy="33" r="8" />
            <text x={`${places[index]}%`} y="36.5">
              {index + 1}
            </text>
          </g>
        ))}
      </svg>
      <ol>
        {moments.map((moment) => (
          <li class={moment.kind} key={moment.what}>
            <span class="at">{spoken(moment.at)}</span> {moment.what}
          </li>
        ))}
        {!fault.provenHealedAt && <li class="fault">never proven healed</li>}
      </ol>
    </figure>
  )
}

function momentsOf(fault: Fault, scenario: ScenarioReport, start: number): Moment[] {
  const known = (time: string | null, what: string, kind: Moment['kind']): Moment[] =>
    time === null || Number.isNaN(Date.parse(time)) ? [] : [{ at: Date.parse(time) - start, what, kind }]
  const seen = scenario.steps.flatMap((step) =>
    step.commands.flatMap(({ ran, script }) => {
      if (!ran || !step.startedAt) return []
      const ended = new Date(Date.parse(ran.startedAt ?? step.startedAt) + ran.durationMs).toISOString()
      return known(ended, `${shortened(firstCommand(script))}: ${howItEnded(ran)}`, 'seen')
    }),
  )
  return [
    ...known(fault.injectedAt, 'injected', 'fault'),
    ...known(fault.inForceAt, `in force: ${fault.proof}`, 'fault'),
    ...seen,
    ...known(fault.healedAt, 'healed', 'healed'),
    ...known(fault.provenHealedAt, 'proven healed', 'healed'),
  ].sort((a, b) => a.at - b.at)
}

function shortened(line: string): string {
  return line.length > 48 ? `${line.slice(0, 47)}…` : line
}

/** Keeps the numbers apart where moments are close together. */
function spread(places: readonly number[]): number[] {
  const gap = 3.2
  const pushed: number[] = []
  for (const place of places) pushed.push(Math.max(place, (pushed.at(-1) ?? -gap) + gap))
  let limit = 98
  return pushed
    .reverse()
    .map((place) => {
      const kept = Math.min(place, limit)
      limit = kept - gap
      return kept
    })
    .reverse()
}
