import { annotation } from '../annotation'
import type { Report, ScenarioReport } from './model'
import { accountOf, reasonsElsewhere } from './plain-text'
import { scenariosOf } from './report-parts'
import { isFlaky, isRed, timesTried } from './state'

/** So many lines of a message are shown beside a line of a diff. */
const shownLines = 12

/** What is red or flaky, each as an annotation of the line it is about. */
export function annotations(report: Report): string[] {
  return [
    ...reasonsElsewhere(report).map(({ where = '', message = '', verdict }) =>
      annotation('error', where, verdict, message),
    ),
    ...scenariosOf(report).flatMap(annotationsOf),
  ]
}

function annotationsOf(scenario: ScenarioReport): string[] {
  const { state, uri, line, title, attempts, message = state } = scenario
  const where = `${uri}:${line}`
  if (isFlaky(scenario)) {
    const before = attempts.at(-1)?.message ?? 'without a message'
    const told = `Passed at attempt ${timesTried(scenario)}. Before that: ${before}`
    return [annotation('warning', where, `flaky: ${title}`, told)]
  }
  if (!isRed(state)) return []
  const account = (accountOf(scenario) || message).split('\n').slice(0, shownLines)
  const step = scenario.steps.find(({ status }) => status === 'failed' || status === 'misuse')
  const at = step ? [`${step.keyword} ${step.text}`] : []
  return [annotation('error', where, `${state}: ${title}`, [...at, ...account].join('\n'))]
}
