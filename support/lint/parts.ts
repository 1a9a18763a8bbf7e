import type { Rule, Tag } from '@cucumber/messages'
import { runbookAddress } from '../report/address'
import { found, type LintFinding } from './finding'
import type { Page } from './page'

/** The parts of a page, by their number. */
const parts = ['Check', 'Fix', 'Prove it worked', 'Undo', 'If it goes wrong'] as const

/** Pages that are no procedure for something that is wrong, and have parts of their own: a set-up, a card, an exhibit. */
const withOwnParts: readonly string[] = ['quick-start', 'quick-reference', 'as-found']

/** A part as it is headed: "2 Fix: pause" is part 2, Fix. */
interface Part {
  readonly rule: Rule
  readonly number: number
  readonly name: string
}

/** Parts that are missing, that are called otherwise than on other pages, or that say nothing. */
export function partFindings(page: Page): LintFinding[] {
  const numbered = partsOf(page)
  const own = withOwnParts.includes(runbookAddress(page.feature, page.uri))
  return [
    ...outsideOfParts(page),
    ...withoutNumber(page),
    ...withoutText(page),
    ...(own ? outOfSequence(page, numbered) : [...misnamed(page, numbered), ...missing(page, numbered)]),
  ]
}

/** A page that changes something and shows no way back. */
export function undoFindings(page: Page): LintFinding[] {
  if (tagged(page, '@irreversible') || partsOf(page).some(({ name }) => name === 'Undo')) return []
  const mend = 'write "Rule: 4 Undo"; where there is nothing to undo, say so there; or tag it @irreversible'
  const says = (what: string, at: Pick<Rule, 'location'>) =>
    found('undo', spotOf(page, at), `${what} is @mutates, and the page says nothing of how to undo it`, mend)
  if (tagged(page, '@mutates')) return [says('it', page.feature)]
  // A page that only reads may have one that doesn't.
  const changing = [...page.rules, ...page.scenarios].filter(
    ({ tags }) => has(tags, '@mutates') && !has(tags, '@irreversible'),
  )
  return changing.map((each) => says(`"${each.name}"`, each))
}

function outsideOfParts(page: Page): LintFinding[] {
  return page.feature.children.flatMap(({ scenario }) =>
    scenario
      ? [
          found(
            'parts',
            spotOf(page, scenario),
            `"${scenario.name}" stands in no part of the page`,
            'put it under a Rule: 1 Check, 2 Fix, 3 Prove it worked, 4 Undo or 5 If it goes wrong',
          ),
        ]
      : [],
  )
}

function withoutNumber(page: Page): LintFinding[] {
  const numberless = page.rules.filter((rule) => !partOf(rule))
  return numberless.map((rule) =>
    found('parts', spotOf(page, rule), `part "${rule.name}" has no number`, 'write it like "Rule: 1 Check"'),
  )
}

function withoutText(page: Page): LintFinding[] {
  const empty = page.rules.filter(
    ({ description, children }) => description.trim() === '' && !children.some(({ scenario }) => scenario),
  )
  return empty.map((rule) =>
    found(
      'empty',
      spotOf(page, rule),
      `part "${rule.name}" is empty`,
      'say in a sentence why nothing is to be done',
    ),
  )
}

function misnamed(page: Page, numbered: readonly Part[]): LintFinding[] {
  return numbered.flatMap(({ rule, number, name }) => {
    const usual = parts[number - 1]
    // What only reads has nothing to fix, so its second part is about something else.
    if (name === usual || (number === 2 && tagged(page, '@read-only'))) return []
    const what = usual
      ? `part ${number} is called "${name}" here`
      : `there is no part ${number} on other pages`
    const mend = `name it "Rule: ${number} ${usual}", with more behind a colon if need be`
    return [found('parts', spotOf(page, rule), what, usual ? mend : `the parts are ${list(parts)}`)]
  })
}

function missing(page: Page, numbered: readonly Part[]): LintFinding[] {
  const needed = tagged(page, '@read-only') ? [1, 5] : [1, 2, 3, 5]
  const absent = needed.filter((number) => !numbered.some((part) => part.number === number))
  return absent.map((number) =>
    found(
      'parts',
      spotOf(page, page.feature),
      `no part "${number} ${parts[number - 1]}"`,
      'write it; where nothing is to be done, say so there in a sentence',
    ),
  )
}

function outOfSequence(page: Page, numbered: readonly Part[]): LintFinding[] {
  return numbered.flatMap(({ rule, number }, index) =>
    number === index + 1
      ? []
      : [
          found(
            'parts',
            spotOf(page, rule),
            `part "${rule.name}" comes as number ${index + 1}`,
            'number them 1, 2, 3',
          ),
        ],
  )
}

function partsOf({ rules }: Page): Part[] {
  return rules.flatMap((rule) => partOf(rule) ?? [])
}

function partOf(rule: Rule): Part | undefined {
  const [, number, name] = /^(\d+) ([^:]*[^:\s])(?::|$)/.exec(rule.name) ?? []
  return name === undefined ? undefined : { rule, number: Number(number), name }
}

function tagged({ feature }: Page, tag: string): boolean {
  return has(feature.tags, tag)
}

function has(tags: readonly Tag[], tag: string): boolean {
  return tags.some(({ name }) => name === tag)
}

function spotOf({ uri }: Page, { location: { line } }: Pick<Rule, 'location'>) {
  return { uri, line }
}

function list(names: readonly string[]): string {
  return names.map((name, index) => `${index + 1} ${name}`).join(', ')
}
