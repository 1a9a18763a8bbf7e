import { spoken } from './duration'
import { escaped, fenced } from './github-markdown'
import type { Report, ScenarioReport } from './model'
import type { Ageing } from './page/document'
import { endingOf, reasonsElsewhere, tail } from './plain-text'
import { scenariosOf } from './report-parts'
import { countsOf, sentenceOf } from './sentence'
import { isRed } from './state'
import { changes, flaky, stale, timing } from './summary-notes'

/** More red procedures than this are counted, not told. */
const told = 10

/**
 * The run for a pull request, as Markdown: what is red with its command and last lines, then what is flaky, what has changed
 * in a procedure since it last worked, which proofs are old, and how long it all took.
 *
 * @param ageing when a proof is old; nothing is said of it when absent
 */
export function summary(report: Report, ageing?: Ageing): string {
  const { run } = report
  const red = scenariosOf(report).filter(({ state }) => isRed(state))
  const took = run.durationMs === undefined ? '' : ` in ${spoken(run.durationMs)}`
  const versions = run.lab.versions.map(({ name, version }) => `${name} ${version}`).join(', ')
  return `${[
    `## Runbooks: ${run.verdict}`,
    `${escaped(sentenceOf(run))}. ${countsOf(run.counts)}${took}.${versions ? ` With ${escaped(versions)}.` : ''}`,
    ...(run.historyNote === undefined ? [] : [escaped(run.historyNote)]),
    ...(run.leftOut ?? []).map((line) => `Not all that was asked for ran. ${escaped(line)}`),
    ...reasonsElsewhere(report).map((reason) =>
      fenced([reason.where, reason.message].filter(Boolean).join('\n')),
    ),
    ...red.slice(0, told).map(failure),
    ...(red.length > told ? [`… and ${red.length - told} more: see index.html.`] : []),
    ...flaky(report),
    ...changes(report),
    ...stale(report, ageing),
    ...timing(report),
  ].join('\n\n')}\n`
}

function failure(scenario: ScenarioReport): string {
  const { title, state, uri, line, address, message = state } = scenario
  const command = scenario.steps.flatMap((step) => step.commands.flatMap(({ ran }) => ran ?? [])).at(-1)
  const output = command?.output.map((part) => part.text).join('') ?? ''
  return [
    `### ${escaped(title)}: ${state}`,
    `\`${uri}:${line}\` · \`#${address}\``,
    fenced(message),
    ...(command ? [fenced(`$ ${command.script}\n${tail(output, 8)}\n(${endingOf(command)})`)] : []),
  ].join('\n\n')
}
