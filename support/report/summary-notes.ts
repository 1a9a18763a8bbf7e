import { spoken } from './duration'
import { escaped, fenced } from './github-markdown'
import type { Report, ScenarioReport } from './model'
import type { Ageing } from './page/document'
import { scenariosOf } from './report-parts'
import { isFlaky, timesTried } from './state'

/** More of a kind than this are counted, not told. */
const told = 5

/** A change of more lines than this is to be read in the diff of the pull request itself. */
const changedLinesTold = 30

/** Something takes longer than usual when it takes that many times as long as it nearly always did. */
const slowFactor = 1.5

const dayMs = 86_400_000

/** Procedures that passed only when they were tried again. */
export function flaky(report: Report): string[] {
  const found = scenariosOf(report).filter(isFlaky)
  return section('Flaky: passed when tried again', found, (scenario) => {
    const { message = 'no message' } = scenario.attempts.at(-1) ?? {}
    return `- ${nameOf(scenario)}, attempt ${timesTried(scenario)}; before that: ${escaped(message.split('\n', 1)[0] ?? '')}`
  })
}

/** Procedures that are not what they were when they last worked. */
export function changes(report: Report): string[] {
  const found = scenariosOf(report).filter(
    ({ state, past }) => state !== 'not run' && (past?.green?.changes.length ?? 0) > 0,
  )
  return section('Changed since it last worked', found, (scenario) => {
    const marks = { before: '-', after: '+', both: ' ', gap: '⋮' } as const
    const lines = scenario.past?.green?.changes.map(({ kind, text }) => `${marks[kind]}${text}`) ?? []
    const since = scenario.past?.green?.at.slice(0, 10)
    const cut = lines.length > changedLinesTold ? [`⋮ ${lines.length - changedLinesTold} more lines`] : []
    return `${nameOf(scenario)}, ${scenario.state} now, worked on ${since}:\n\n${fenced([...lines.slice(0, changedLinesTold), ...cut].join('\n'), 'diff')}`
  })
}

/** Procedures that this run left out, and whose last proof is old. */
export function stale(report: Report, ageing: Ageing | undefined): string[] {
  const { finishedAt } = report.run
  if (!ageing || finishedAt === undefined) return []
  const found = scenariosOf(report).flatMap((scenario) => {
    const at = scenario.past?.green?.at
    const days = at === undefined ? 0 : (Date.parse(finishedAt) - Date.parse(at)) / dayMs
    return scenario.state === 'not run' && days > ageing.amberDays ? [{ scenario, days }] : []
  })
  const oldest = found.toSorted((one, other) => other.days - one.days)
  return section(
    `Last shown to work more than ${ageing.amberDays} days ago`,
    oldest,
    ({ scenario, days }) => `- ${nameOf(scenario)}: ${Math.floor(days)} days`,
  )
}

/** Where the time went, and what took longer than it nearly always does. */
export function timing(report: Report): string[] {
  const ran = scenariosOf(report).flatMap((scenario) =>
    scenario.durationMs === undefined ? [] : [{ scenario, ms: scenario.durationMs }],
  )
  const slow = ran.filter(({ scenario: { past, state }, ms }) => {
    const { usual } = past ?? {}
    return (
      usual && usual.runs > 2 && state === 'passed' && ms > usual.medianMs * slowFactor && ms >= usual.p95Ms
    )
  })
  const slowest = ran.toSorted((one, other) => other.ms - one.ms).slice(0, 3)
  const names = slowest.map(({ scenario, ms }) => `${scenario.address} ${spoken(ms)}`).join(', ')
  return [
    ...section(
      'Slower than usual',
      slow,
      ({ scenario, ms }) =>
        `- ${nameOf(scenario)}: ${spoken(ms)} instead of ${spoken(scenario.past?.usual?.medianMs ?? 0)}`,
    ),
    ...(ran.length > told ? [`Slowest: ${escaped(names)}.`] : []),
  ]
}

function section<T>(title: string, found: readonly T[], line: (each: T) => string): string[] {
  if (found.length === 0) return []
  const more = found.length > told ? [`… and ${found.length - told} more: see index.html.`] : []
  const lines = found.slice(0, told).map(line)
  const listed = lines.every((each) => each.startsWith('- ')) ? [lines.join('\n')] : lines
  return [`### ${title}`, ...listed, ...more]
}

function nameOf({ title, address }: ScenarioReport): string {
  return `${escaped(title)} (\`#${address}\`)`
}
