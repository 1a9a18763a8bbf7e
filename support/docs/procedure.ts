import { numberOf } from '../report/address'
import { consequenceOf } from '../report/consequence'
import { type LinkTo, linked } from '../report/cross-references'
import { type Expectation, type Part, procedureOf, purposeOf } from '../report/expectation'
import type { Command, Runbook, ScenarioReport, Section } from '../report/model'
import { code, fence, heading, plain } from './markdown'

/** A page of Markdown under docs/saas/, as its parts need to know it. */
export interface Page {
  /** Of all pages, for links in prose. */
  readonly runbooks: readonly Runbook[]
  readonly linkTo: LinkTo
}

/** Where to begin: what it is, when it's right and when it isn't. */
export function frontMatter(runbook: Runbook, page: Page): string[] {
  const { address, uri, prose, personas } = runbook
  const readers = personas.length > 0 ? [`for: ${personas.join(', ')}`] : []
  return [
    [`[${code(`#${address}`)}](../../${uri})`, ...readers, consequence(runbook)].join(' · '),
    ...prose.fields.map(({ label, text }) => `**${label}** ${linked(text, page.runbooks, page.linkTo)}`),
    ...(prose.rest === '' ? [] : [linked(prose.rest, page.runbooks, page.linkTo)]),
  ]
}

/** A section with its procedures. @param level of its heading */
export function sectionText(section: Section, page: Page, level: number): string[] {
  return [
    ...(section.title === ''
      ? []
      : [heading(level, `${section.number} ${plain(section.title)}`, section.address)]),
    ...(section.prose === '' ? [] : [linked(section.prose, page.runbooks, page.linkTo)]),
    ...section.scenarios.flatMap((scenario) => scenarioText(scenario, page, level + 1)),
  ]
}

function scenarioText(scenario: ScenarioReport, page: Page, level: number): string[] {
  const { address, title, uri, prose } = scenario
  const { needs, parts } = procedureOf(scenario)
  const first = needs.map(({ name, address }) => `Needs ${name}: [open it](${page.linkTo(address)}).`)
  return [
    heading(level, `${numberOf(address)} ${plain(title)}`, address),
    [`[${code(`#${address}`)}](../../${uri})`, ...first].join(' · '),
    ...(prose === '' ? [] : [linked(prose, page.runbooks, page.linkTo)]),
    ...parts.flatMap(partText),
  ]
}

function partText(part: Part): string[] {
  const { meanwhile, command, expected } = part
  const list = expected.map((each) => `- ${expectationText(each)}`).join('\n')
  const said = command ? `Expect:\n\n${list}` : list
  return [
    ...meanwhile.map((text) => `When ${plain(text)}:`),
    ...(command ? [caption(command, purposeOf(part)), fence(command.script, 'bash')] : []),
    ...(expected.length > 0 ? [said] : []),
  ]
}

/** Says what a block does, before somebody pastes it. */
function caption({ address, effect }: Command, purpose: string | undefined): string {
  const { level, because } = effect
  const does = level === 'reads' ? 'reads' : `**${level}** (${code(because)})`
  return [numberOf(address), does, ...(purpose === undefined ? [] : [purpose])].join(' · ')
}

function expectationText({ kind, text }: Expectation): string {
  if (kind !== 'then') return `${kind} ${code(text)}`
  return text.replaceAll(/"([^"]*)"|[^"]+/g, (part, quoted?: string) =>
    quoted === undefined ? plain(part) : code(quoted),
  )
}

/** In bold where it is for good. */
function consequence(runbook: Runbook): string {
  const words = consequenceOf(runbook)
  return runbook.mutates && runbook.reversible === false ? `**${words}**` : words
}
