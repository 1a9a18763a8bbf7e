import type { Report, Runbook } from '../report/model'
import { visibleOutput } from '../report/visible-text'
import { age } from './age'
import { type Terminal, wrapped } from './output'
import { stateText } from './state-text'

/** All runbooks by system: what each is called, when to use it, and where it stood in the last run. */
export function listText({ systems, run }: Report, terminal: Terminal, now: Date): string {
  const { paint } = terminal
  const names = systems.flatMap(({ runbooks }) => runbooks.map(({ address }) => address.length))
  const column = Math.max(0, ...names) + 2
  const last =
    run.startedAt === undefined
      ? 'No last run: nothing is known of what works.'
      : `Last run ${age(run.startedAt, now)}.`
  return `${[
    ...systems.map(({ title, runbooks }) =>
      [paint('bold', title), ...runbooks.map((runbook) => lines(runbook, column, terminal))].join('\n'),
    ),
    `${last} One of them: npx runbook show NAME`,
  ].join('\n\n')}\n`
}

function lines(runbook: Runbook, column: number, { paint, width }: Terminal): string {
  const { address, title, state, prose } = runbook
  const use = prose.fields.find(({ label }) => label === 'Use when')?.text
  return [
    `  ${paint('bold', address.padEnd(column))}${visibleOutput(title)}  ${stateText(state, paint)}`,
    ...(use === undefined ? [] : [wrapped(visibleOutput(`Use when ${use}`), width, ' '.repeat(column + 2))]),
  ].join('\n')
}
