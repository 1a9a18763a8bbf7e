import type { Report, ScenarioReport } from './model'
import { accountOf, reasonsElsewhere } from './plain-text'
import { scenariosOf } from './report-parts'
import { isFlaky, isRed } from './state'

/** So many lines of a message are shown beside a line of a diff. */
const shownLines = 12

/**
 * What is red or flaky as workflow commands of GitHub Actions, which shows each beside the line it is about
 * (docs.github.com, "Workflow commands for GitHub Actions").
 *
 * @returns one line each: `::error file=features/x.feature,line=12,title=…::…`
 */
export function annotations(report: Report): string[] {
  return [
    ...reasonsElsewhere(report).map(({ where = '', message = '', verdict }) => {
      const [, file, line] = /^(.+):(\d+)$/.exec(where) ?? []
      return command('error', { ...(file && line ? { file, line } : {}), title: verdict }, message)
    }),
    ...scenariosOf(report).flatMap(annotation),
  ]
}

function annotation(scenario: ScenarioReport): string[] {
  const { state, uri: file, title, attempts, message = state } = scenario
  const line = `${scenario.line}`
  if (isFlaky(scenario)) {
    const before = attempts.at(-1)?.message ?? 'without a message'
    return [
      command(
        'warning',
        { file, line, title: `flaky: ${title}` },
        `Passed at attempt ${attempts.length + 1}. Before that: ${before}`,
      ),
    ]
  }
  if (!isRed(state)) return []
  const account = (accountOf(scenario) || message).split('\n').slice(0, shownLines)
  const step = scenario.steps.find(({ status }) => status === 'failed' || status === 'misuse')
  const at = step ? [`${step.keyword} ${step.text}`] : []
  return [command('error', { file, line, title: `${state}: ${title}` }, [...at, ...account].join('\n'))]
}

function command(
  kind: 'error' | 'warning',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(value)}`)
  return `::${kind} ${listed.join(',')}::${inMessage(message)}`
}

function inMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
