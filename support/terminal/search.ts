import { procedureOf } from '../report/expectation'
import type { Report, Runbook, ScenarioReport } from '../report/model'
import { matchOf, type Query, queryOf } from './match'

/** A place where the words were found. */
export interface Hit {
  /** Of the procedure, or of the runbook. */
  readonly address: string
  readonly title: string
  /** The runbook's, where the hit is one of its procedures. */
  readonly within?: string
  /** What kind of line it is: "title", "prints", "command". */
  readonly where: string
  /** The line that matched. */
  readonly line: string
  readonly score: number
}

/** How much a match says, by where it is: the title of a procedure is often the very words of an error. */
const weights = {
  title: 8,
  'use when': 5,
  prints: 5,
  'fails with': 5,
  'it failed': 4,
  prose: 3,
  command: 3,
  output: 2,
}

type Where = keyof typeof weights

interface Line {
  readonly where: Where
  readonly line: string
}

/**
 * Finds words in titles, prose, commands and in what commands printed in the last run; best first, one hit a procedure.
 * A whole line of an error may be given: it is compared with the words that procedures quote.
 */
export function search({ systems }: Report, text: string): Hit[] {
  const query = queryOf(text)
  const runbooks = systems.flatMap((system) => system.runbooks)
  return runbooks
    .flatMap((runbook) => [
      ...best(query, linesOfRunbook(runbook), runbook),
      ...runbook.sections.flatMap(({ scenarios }) =>
        scenarios.flatMap((scenario) => best(query, linesOfScenario(scenario), scenario, runbook.title)),
      ),
    ])
    .toSorted((a, b) => b.score - a.score)
}

function best(
  query: Query,
  lines: readonly Line[],
  { address, title }: { readonly address: string; readonly title: string },
  within?: string,
): Hit[] {
  const scored = lines.map((each) => ({ ...each, score: matchOf(query, each.line) * weights[each.where] }))
  const [top] = scored.toSorted((a, b) => b.score - a.score)
  if (!top || top.score === 0) return []
  return [{ address, title, ...(within === undefined ? {} : { within }), ...top }]
}

function linesOfRunbook({ title, address, prose, sections }: Runbook): Line[] {
  return [
    { where: 'title', line: title },
    { where: 'title', line: address },
    ...prose.fields.map(
      ({ label, text }): Line => ({ where: label === 'Use when' ? 'use when' : 'prose', line: flat(text) }),
    ),
    ...paragraphs('prose', prose.rest),
    ...sections.flatMap((section) => paragraphs('prose', section.prose)),
  ]
}

function linesOfScenario(scenario: ScenarioReport): Line[] {
  const commands = scenario.steps.flatMap((step) => step.commands)
  const expected = procedureOf(scenario).parts.flatMap((part) => part.expected)
  return [
    { where: 'title', line: scenario.title },
    ...paragraphs('prose', scenario.prose),
    ...expected.map(({ kind, text }): Line => ({ where: kind === 'then' ? 'prose' : kind, line: text })),
    ...commands.flatMap(({ script }) => lines('command', script)),
    ...commands.flatMap(({ ran }) => lines('output', ran?.output.map(({ text }) => text).join('') ?? '')),
    ...lines('it failed', scenario.state === 'passed' ? '' : (scenario.message ?? '')),
  ]
}

function lines(where: Where, text: string): Line[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [{ where, line: line.trim() }]))
}

function paragraphs(where: Where, text: string): Line[] {
  return text.split(/\n\s*\n/).flatMap((each) => (each.trim() === '' ? [] : [{ where, line: flat(each) }]))
}

function flat(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}
