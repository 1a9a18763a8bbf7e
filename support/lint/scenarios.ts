import type { Envelope, Feature, GherkinDocument, Location, Rule, Scenario, Tag } from '@cucumber/messages'
import { contradictions, tagProblem } from '../gate/tags'
import { runbookAddress } from '../report/address'

/** One thing to mend in a feature file. */
export interface Finding {
  /** `file:line`, as an editor opens it. */
  readonly at: string
  readonly what: string
  readonly mend: string
}

/**
 * What has to be mended in the features before anything is started: files that don't parse, tags that aren't
 * on the list, addresses that aren't unique, and what could only be green by accident.
 *
 * @param envelopes the `gherkinDocument` and `parseError` messages of the files that were read; others are passed over
 */
export function review(envelopes: readonly Envelope[]): readonly Finding[] {
  const documents = envelopes.flatMap(({ gherkinDocument }) => (gherkinDocument ? [gherkinDocument] : []))
  return [...parseErrors(envelopes), ...documents.flatMap(reviewDocument), ...sharedAddresses(documents)]
}

/** The scenarios of a document, also those within rules, in the order of the file. */
export function scenariosOf(document: GherkinDocument): readonly Scenario[] {
  const children = document.feature?.children ?? []
  return children.flatMap((child) => {
    if (child.scenario) return [child.scenario]
    return child.rule?.children.flatMap(({ scenario }) => (scenario ? [scenario] : [])) ?? []
  })
}

/** After a file's first error the parser only guesses, so only the first is told. */
function parseErrors(envelopes: readonly Envelope[]): Finding[] {
  const first = new Map<string, Finding>()
  for (const { parseError } of envelopes) {
    const file = parseError?.source.uri
    if (!parseError || !file || first.has(file)) continue
    const line = parseError.source.location?.line ?? 1
    const [, wanted, got] = /expected: (.*), got '(.*)'/s.exec(parseError.message) ?? []
    first.set(file, {
      at: `${file}:${line}`,
      what: got === undefined ? parseError.message : `this doesn't parse as Gherkin: ${got}`,
      mend:
        wanted === undefined
          ? 'mend the syntax of this line'
          : `expected here: ${wanted.replaceAll('#', '')}`,
    })
  }
  return [...first.values()]
}

function reviewDocument(document: GherkinDocument): Finding[] {
  const file = document.uri ?? '(no file)'
  const scenarios = scenariosOf(document)
  if (scenarios.length === 0) {
    return [{ at: `${file}:1`, what: 'no scenario in this file', mend: 'write one, or remove the file' }]
  }
  const finding = (location: Location, what: string, mend: string) => ({
    at: `${file}:${location.line}`,
    what,
    mend,
  })
  return [
    ...tagLists(document).flatMap((list) => reviewTags(list, finding)),
    ...scenarios.flatMap((scenario) => reviewScenario(scenario, finding)),
    ...sharedTitles(scenarios, finding),
    ...sharedNumbers(document, finding),
  ]
}

type MakeFinding = (location: Location, what: string, mend: string) => Finding

function tagLists(document: GherkinDocument): ReadonlyArray<readonly Tag[]> {
  const scenarios = scenariosOf(document)
  const examples = scenarios.flatMap((scenario) => scenario.examples)
  return [
    document.feature?.tags ?? [],
    ...[...rulesOf(document), ...scenarios, ...examples].map(({ tags }) => tags),
  ]
}

function rulesOf(document: GherkinDocument): readonly Rule[] {
  return document.feature?.children.flatMap(({ rule }) => (rule ? [rule] : [])) ?? []
}

function reviewTags(list: readonly Tag[], finding: MakeFinding): Finding[] {
  const names = new Set(list.map(({ name }) => name))
  const wrong = list.flatMap(({ name, location }) => {
    const problem = tagProblem(name)
    return problem ? [finding(location, problem.what, problem.mend)] : []
  })
  const contradicting = contradictions.flatMap(([one, other]) => {
    const second = list.findLast(({ name }) => name === one || name === other)
    if (!second || !names.has(one) || !names.has(other)) return []
    return [
      finding(second.location, `${one} and ${other} contradict each other`, 'keep the one that is true'),
    ]
  })
  return [...wrong, ...contradicting]
}

function reviewScenario(scenario: Scenario, finding: MakeFinding): Finding[] {
  const findings: Finding[] = []
  if (scenario.name.trim() === '')
    findings.push(finding(scenario.location, 'a scenario without a title', 'name it'))
  if (scenario.steps.length === 0) {
    findings.push(
      finding(
        scenario.location,
        `"${scenario.name}" has no steps, so it would prove nothing`,
        'write its steps',
      ),
    )
  }
  for (const examples of scenario.examples.filter(({ tableBody }) => tableBody.length === 0)) {
    findings.push(
      finding(
        examples.location,
        'Examples without a row: nothing would run',
        'write a row, or remove the outline',
      ),
    )
  }
  const block = scenario.steps.find(({ docString }) => docString?.mediaType === 'bash')?.docString
  if (block && scenario.examples.length > 0) {
    findings.push(
      finding(
        block.location,
        'a command block in a Scenario Outline: <words> in it would be replaced, and a block runs byte for byte',
        'write one Scenario for each example',
      ),
    )
  }
  return findings
}

/** The title is how a scenario is named in a chat, in JUnit and in the history. */
function sharedTitles(scenarios: readonly Scenario[], finding: MakeFinding): Finding[] {
  return repeated(scenarios, ({ name }) => name.trim().toLowerCase()).flatMap(([first, again]) =>
    again.name.trim() === ''
      ? []
      : [
          finding(
            again.location,
            `"${again.name}" is the title of line ${first.location.line} already`,
            'give it its own',
          ),
        ],
  )
}

/** A rule's number is part of the address of its scenarios: `nats-backup-now.2.1`. */
function sharedNumbers(document: GherkinDocument, finding: MakeFinding): Finding[] {
  const numbered = rulesOf(document).filter(({ name }) => /^\d+/.test(name))
  return repeated(numbered, ({ name }) => String(Number.parseInt(name, 10))).map(([first, again]) =>
    finding(
      again.location,
      `"${again.name}" has the number of "${first.name}"`,
      'number the rules 1, 2, 3...',
    ),
  )
}

function sharedAddresses(documents: readonly GherkinDocument[]): Finding[] {
  const runbooks = documents.flatMap(({ uri = '(no file)', feature }) =>
    (feature ? addressesOf(feature, uri) : []).map((address) => ({
      uri,
      line: feature?.location.line,
      address,
    })),
  )
  return repeated(runbooks, ({ address }) => address).map(([first, again]) => ({
    at: `${again.uri}:${again.line}`,
    what: `this runbook has the address of ${first.uri}: ${again.address}`,
    mend: 'give it a @runbook: tag of its own',
  }))
}

/** The address of a runbook, and those that lead to it. */
function addressesOf(feature: Feature, uri: string): string[] {
  const former = feature.tags.flatMap(({ name }) => /^@formerly:(.+)$/.exec(name)?.[1] ?? [])
  return [runbookAddress(feature, uri), ...former]
}

/** Every thing whose key was there before, with the first that has it. */
function repeated<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
): ReadonlyArray<readonly [first: T, again: T]> {
  const firsts = new Map<string, T>()
  return things.flatMap((thing) => {
    const first = firsts.get(keyOf(thing))
    if (first === undefined) firsts.set(keyOf(thing), thing)
    return first === undefined ? [] : [[first, thing] as const]
  })
}
