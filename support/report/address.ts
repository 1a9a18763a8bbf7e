import type { Feature, GherkinDocument, Rule, Scenario } from '@cucumber/messages'

/** A section of a runbook with its scenarios, addressed. */
export interface AddressedSection {
  /** `<runbook>.<number>`; the runbook's own address for scenarios outside of any rule. */
  readonly address: string
  /** 0 for scenarios outside of any rule. */
  readonly number: number
  readonly title: string
  readonly rule?: Rule
  readonly scenarios: readonly { readonly address: string; readonly scenario: Scenario }[]
}

/**
 * The name by which people quote a runbook: its `@runbook:` tag, else its file's name.
 *
 * @param uri as in messages, e.g. `features/nats-backup/quick-start.feature`
 */
export function runbookAddress(
  feature: { readonly tags: readonly { readonly name: string }[] },
  uri: string,
): string {
  const tag = feature.tags.find((each) => each.name.startsWith('@runbook:'))
  const name = tag ? tag.name.slice('@runbook:'.length) : fileName(uri)
  return name.replaceAll(/[^\w-]+/g, '-')
}

/**
 * Addresses every scenario of a feature. They follow the document, not the run: the same when only some of the
 * scenarios are selected, and over renames. A rule's number is the one its title begins with ("2 Fix"), else its place.
 */
export function addressed(feature: Feature, runbook: string): AddressedSection[] {
  const rules = feature.children.flatMap((child) => (child.rule ? [child.rule] : []))
  const loose = feature.children.flatMap((child) => (child.scenario ? [child.scenario] : []))
  const taken = new Set<number>()
  const numbered = rules.map((rule, index): AddressedSection => {
    const [, said, title] = /^(\d+)[.):]?\s+(.*)$/.exec(rule.name) ?? []
    const number = free(said === undefined ? index + 1 : Number(said), taken)
    const scenarios = rule.children.flatMap((child) => (child.scenario ? [child.scenario] : []))
    const address = `${runbook}.${number}`
    return { address, number, title: title ?? rule.name, rule, scenarios: enumerate(scenarios, address) }
  })
  if (loose.length === 0) return numbered
  const prefix = rules.length > 0 ? `${runbook}.0` : runbook
  return [{ address: prefix, number: 0, title: '', scenarios: enumerate(loose, prefix) }, ...numbered]
}

/** Whether a section says how what the runbook changes is undone. */
export function isUndo({ title }: { readonly title: string }): boolean {
  return /^undo\b/i.test(title)
}

/** The part of an address behind its runbook: `2.1` of `quick-start.2.1`. */
export function numberOf(address: string): string {
  return address.slice(address.indexOf('.') + 1)
}

/** Where each scenario, and each example of an outline, is in its file: address by line. */
export function addressesByLine(document: GherkinDocument): Map<number, string> {
  const { feature, uri = '' } = document
  if (!feature) return new Map()
  const sections = addressed(feature, runbookAddress(feature, uri))
  return new Map(
    sections.flatMap((section) =>
      section.scenarios.flatMap(({ address, scenario }) => [
        [scenario.location.line, address] as const,
        ...exampleLines(scenario).map((line, index) => [line, `${address}-${index + 1}`] as const),
      ]),
    ),
  )
}

/** The line of each example of an outline, in order; empty for a plain scenario. */
export function exampleLines(scenario: Scenario): number[] {
  return scenario.examples.flatMap((examples) => examples.tableBody.map((row) => row.location.line))
}

function fileName(uri: string): string {
  return (uri.split('/').at(-1) ?? uri).replace(/\.feature(\.md)?$/, '')
}

function free(wanted: number, taken: Set<number>): number {
  let number = wanted
  while (taken.has(number)) number += 1
  taken.add(number)
  return number
}

function enumerate(scenarios: readonly Scenario[], prefix: string) {
  return scenarios.map((scenario, index) => ({ address: `${prefix}.${index + 1}`, scenario }))
}
