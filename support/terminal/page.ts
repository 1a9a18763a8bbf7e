import { numberOf } from '../report/address'
import { consequenceOf } from '../report/consequence'
import { type Expectation, type Part, procedureOf, purposeOf } from '../report/expectation'
import type { Command, Run, ScenarioReport, Section } from '../report/model'
import { isFlaky, passedAt } from '../report/state'
import { visibleOutput, visibleScript } from '../report/visible-text'
import { age } from './age'
import { type Terminal, wrapped } from './output'
import { resultText } from './result'
import type { Selected } from './selector'
import { stateText } from './state-text'

/** How a page is shown. */
export interface PageOptions {
  readonly terminal: Terminal
  readonly run: Run
  readonly now: Date
  /** Outputs in full, not just their beginning and end. */
  readonly full: boolean
}

/**
 * A runbook, or a part of it, as a terminal shows it. Commands begin at the margin and are never broken, so that what is
 * marked with the mouse is what is published; everything else is indented.
 */
export function pageText(selected: Selected, options: PageOptions): string {
  const { sections, command } = selected
  const parts = [
    head(selected, options),
    ...sections.flatMap((section) => sectionText(section, options, command)),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function head({ runbook, part }: Selected, { terminal, run, now }: PageOptions): string {
  const { paint } = terminal
  const { title, address, uri, personas, state, prose } = runbook
  const readers = personas.length > 0 ? [`for ${personas.join(', ')}`] : []
  const facts = [`#${address}`, uri, ...readers, consequenceOf(runbook)]
  const last =
    run.startedAt === undefined
      ? 'no last run'
      : `last run ${age(run.startedAt, now)}: ${stateText(state, paint)}`
  const fields = prose.fields
    .filter(({ label }) => !part || label === 'Escalate')
    .map(({ label, text }) => proseText(`**${label}:** ${text}`, terminal))
  return [
    paint('bold', visibleOutput(title)),
    paint('dim', `  ${facts.join(' · ')}`),
    `  ${last}`,
    ...(fields.length > 0 ? ['', ...fields] : []),
    ...(part || prose.rest === '' ? [] : ['', proseText(prose.rest, terminal)]),
  ].join('\n')
}

/** Prose as text: of its Markdown only what is bold shows. */
function proseText(prose: string, { paint, width }: Terminal): string {
  return wrapped(visibleOutput(prose), width).replaceAll(/\*\*([^*]+)\*\*/g, (_, bold: string) =>
    paint('bold', bold),
  )
}

function sectionText(section: Section, options: PageOptions, command?: string): string[] {
  const { paint } = options.terminal
  const title =
    section.title === ''
      ? []
      : [paint(['bold', 'underline'], `${section.number} ${visibleOutput(section.title)}`)]
  const prose = section.prose === '' ? [] : [proseText(section.prose, options.terminal)]
  return [
    ...title,
    ...prose,
    ...section.scenarios.flatMap((scenario) => scenarioText(scenario, options, command)),
  ]
}

function scenarioText(scenario: ScenarioReport, options: PageOptions, only?: string): string[] {
  const { paint } = options.terminal
  const { needs, parts } = procedureOf(scenario)
  const number = numberOf(scenario.address)
  const stands = isFlaky(scenario) ? paint('yellow', passedAt(scenario)) : stateText(scenario.state, paint)
  const red = scenario.state !== 'passed' && scenario.state !== 'not run'
  const told = red && scenario.message !== undefined ? [indented(visibleOutput(scenario.message), '  ')] : []
  return [
    `${paint('bold', `${number} ${visibleOutput(scenario.title)}`)}  ${paint('dim', `#${scenario.address}`)}  ${stands}`,
    ...told,
    ...(scenario.prose === '' ? [] : [proseText(scenario.prose, options.terminal)]),
    ...needs.map(({ name, address }) => `  Needs ${name}: npx runbook show ${address}`),
    ...parts
      .filter(({ command }) => only === undefined || command?.address === only)
      .flatMap((part) => partText(part, options)),
  ]
}

function partText(part: Part, options: PageOptions): string[] {
  const { meanwhile, command, expected } = part
  return [
    ...meanwhile.map((text) => `  When ${visibleOutput(text)}:`),
    ...(command ? [caption(command, purposeOf(part)), paintedScript(command, options)] : []),
    ...(expected.length > 0 ? [expectedText(expected, command !== undefined)] : []),
    ...(command?.ran ? [resultText(command.ran, command.address, options)] : []),
  ]
}

function caption({ address, effect }: Command, purpose: string | undefined): string {
  const does = effect.level === 'reads' ? 'reads' : `${effect.level.toUpperCase()} (${effect.because})`
  return `  ${[`#${address}`, does, ...(purpose === undefined ? [] : [purpose])].join(' · ')}`
}

/** Each line by itself: a terminal's colours must not span a line that is marked. */
function paintedScript({ script }: Command, { terminal: { paint } }: PageOptions): string {
  return visibleScript(script)
    .split('\n')
    .map((line) => (line === '' ? '' : paint('cyan', line)))
    .join('\n')
}

function expectedText(expected: readonly Expectation[], ofCommand: boolean): string {
  const lines = expected.map(({ kind, text }) => `  - ${kind === 'then' ? text : `${kind} “${text}”`}`)
  return [...(ofCommand ? ['  Expect:'] : []), ...lines.map(visibleOutput)].join('\n')
}

function indented(text: string, by: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => by + line)
    .join('\n')
}
