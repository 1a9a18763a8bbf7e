import { stripVTControlCharacters } from 'node:util'
import { spoken } from './duration'
import type { Report, ScenarioReport } from './model'
import { endingOf, reasonsElsewhere, tail } from './plain-text'
import { scenariosOf } from './report-parts'
import { countsOf, sentenceOf } from './sentence'

/** More red procedures than this are counted, not told. */
const told = 10

/** The run for a pull request, as Markdown: short, and what is red with its command and last lines. */
export function summary(report: Report): string {
  const { run } = report
  const red = scenariosOf(report).filter(
    ({ state }) => state === 'failed' || state === 'misuse' || state === 'inconclusive',
  )
  const took = run.durationMs === undefined ? '' : ` in ${spoken(run.durationMs)}`
  const versions = run.lab.versions.map(({ name, version }) => `${name} ${version}`).join(', ')
  return `${[
    `## Runbooks: ${run.verdict}`,
    `${escaped(sentenceOf(run))}. ${countsOf(run.counts)}${took}.${versions ? ` With ${escaped(versions)}.` : ''}`,
    ...reasonsElsewhere(report).map((reason) =>
      fenced([reason.where, reason.message].filter(Boolean).join('\n')),
    ),
    ...red.slice(0, told).map(failure),
    ...(red.length > told ? [`… and ${red.length - told} more: see index.html.`] : []),
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

/** A block that no run of backticks in the text can end. */
function fenced(text: string): string {
  const plain = stripVTControlCharacters(text)
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${plain.trimEnd()}\n${fence}`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&')
}
