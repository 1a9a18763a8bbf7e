import type {
  Background,
  DocString,
  Envelope,
  Examples,
  Feature,
  GherkinDocument,
  Rule,
  Scenario,
  Step,
} from '@cucumber/messages'
import { textsIn } from '../report/runs'
import { ShellText } from './shell-text'

/** A feature as the rules of the lint read it. */
export interface Page {
  readonly uri: string
  readonly feature: Feature
  readonly rules: readonly Rule[]
  readonly scenarios: readonly Scenario[]
  readonly blocks: readonly Block[]
  /** Titles, and the texts of steps: each is one line. */
  readonly titles: readonly Passage[]
  readonly prose: readonly Passage[]
}

/** A command block. Its first line is line 0 of the text. */
export interface Block extends Passage {
  readonly lines: readonly string[]
  readonly shell: ShellText
}

/** A text of a feature. */
export interface Passage {
  readonly text: string
  /** The line of the file in which a character of the text stands. */
  readonly lineAt: (offset: number) => number
}

type Described = Feature | Rule | Scenario | Background | Examples

/** The features among the messages of files that were read. One without a scenario is no page. */
export function pagesOf(envelopes: readonly Envelope[]): Page[] {
  const sources = textsIn(envelopes)
  return envelopes.flatMap(({ gherkinDocument }) => {
    const uri = gherkinDocument?.uri ?? '(no file)'
    const page = gherkinDocument && pageOf(gherkinDocument, uri, sources.get(uri)?.split(/\r?\n/) ?? [])
    return page ? [page] : []
  })
}

/** The scenarios of a document, also those within rules, in the order of the file. */
export function scenariosOf({ feature }: GherkinDocument): readonly Scenario[] {
  return (feature?.children ?? []).flatMap(({ scenario, rule }) =>
    scenario ? [scenario] : (rule?.children ?? []).flatMap((child) => child.scenario ?? []),
  )
}

/** The steps of a document, also those of backgrounds. */
export function stepsOf(document: GherkinDocument): readonly Step[] {
  return [...backgroundsOf(document), ...scenariosOf(document)].flatMap(({ steps }) => steps)
}

function backgroundsOf({ feature }: GherkinDocument): readonly Background[] {
  return (feature?.children ?? []).flatMap(({ background, rule }) =>
    background ? [background] : (rule?.children ?? []).flatMap((child) => child.background ?? []),
  )
}

function pageOf(document: GherkinDocument, uri: string, source: readonly string[]): Page | undefined {
  const { feature } = document
  const scenarios = scenariosOf(document)
  if (!feature || scenarios.length === 0) return undefined
  const rules = feature.children.flatMap(({ rule }) => rule ?? [])
  const steps = stepsOf(document)
  const described: readonly Described[] = [
    feature,
    ...rules,
    ...backgroundsOf(document),
    ...scenarios,
    ...scenarios.flatMap(({ examples }) => examples),
  ]
  return {
    uri,
    feature,
    rules,
    scenarios,
    blocks: steps.flatMap(blockOf),
    titles: [
      ...described.map(({ name, location }) => oneLine(name, location.line)),
      ...steps.map(({ text, location }) => oneLine(text, location.line)),
    ],
    prose: described.flatMap((each) => (each.description === '' ? [] : [proseOf(each, source)])),
  }
}

function blockOf({ docString }: Step): Block[] {
  return docString?.mediaType === 'bash' ? [asBlock(docString)] : []
}

function asBlock({ content, location }: DocString): Block {
  const lineAt = (offset: number) => location.line + lineNumber(content, offset)
  return { text: content, lines: content.split('\n'), shell: new ShellText(content), lineAt }
}

function oneLine(text: string, line: number): Passage {
  return { text, lineAt: () => line }
}

/** Gherkin doesn't tell where a description begins, and takes comments out of it, so its lines are looked up. */
function proseOf({ description, location }: Described, source: readonly string[]): Passage {
  let line = location.line
  const lines = description.split('\n').map((text) => {
    const at = text.trim() === '' ? -1 : source.indexOf(text, line)
    line = at === -1 ? line : at + 1
    return line
  })
  const lineAt = (offset: number) => lines[lineNumber(description, offset) - 1] ?? location.line
  return { text: description, lineAt }
}

/** The number of the line that a character stands in, from 1. */
function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
