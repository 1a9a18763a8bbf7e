import type { Envelope } from '@cucumber/messages'
import type { LabBroken } from '../errors'
import { addressFindings } from './addresses'
import { alertFindings } from './alerts'
import { blockTypeFindings } from './block-types'
import { characterFindings } from './characters'
import { fieldFindings, pageTagFindings } from './contract'
import { crossReferenceFindings } from './cross-references'
import type { LintFinding } from './finding'
import { interruptibleFindings } from './interruptible'
import { knownPages } from './known-pages'
import { oldLogFindings } from './old-logs'
import { type Page, pagesOf } from './page'
import { partFindings, undoFindings } from './parts'
import { pastingFindings } from './pasting'
import { fileFindings, homePathFindings } from './places'
import { scenarioFindings } from './scenarios'
import { shellcheckFindings } from './shellcheck'
import { stepFindings } from './steps'
import { emptyFileFindings, syntaxFindings } from './syntax'
import { tagFindings } from './tag-lists'
import { unfinishedFindings } from './unfinished'
import { definitionsIn, usedSteps } from './used-steps'

/** What is to be mended in the features, before anything is started. */
export interface Linted {
  /** By file and line. */
  readonly findings: readonly LintFinding[]
  /** Why the command blocks could not be looked at by shellcheck; all else was. */
  readonly unchecked?: LabBroken
  readonly pages: readonly Page[]
}

/** Rules that need no more than the page. */
const ofPage: readonly ((page: Page) => readonly LintFinding[])[] = [
  tagFindings,
  pageTagFindings,
  fieldFindings,
  partFindings,
  undoFindings,
  scenarioFindings,
  pastingFindings,
  characterFindings,
  oldLogFindings,
  homePathFindings,
  unfinishedFindings,
]

/**
 * Looks for all that can be known to be wrong with features without running them.
 *
 * @param envelopes the `source`, `gherkinDocument` and `parseError` messages of the files that were read; others are passed over
 * @param root      the checkout: where features/, fixtures/ and node_modules are
 */
export function lint(envelopes: readonly Envelope[], root: string): Linted {
  const pages = pagesOf(envelopes)
  const known = knownPages(root, pages)
  const steps = usedSteps(envelopes)
  const definitions = definitionsIn(root)
  const { findings: ofShellcheck, ...unchecked } = shellcheckFindings(pages, root)
  const findings = [
    ...syntaxFindings(envelopes),
    ...emptyFileFindings(envelopes),
    ...pages.flatMap((page) => ofPage.flatMap((rule) => rule(page))),
    ...addressFindings(pages),
    ...stepFindings(steps, definitions),
    ...blockTypeFindings(steps, definitions),
    ...interruptibleFindings(envelopes, definitions),
    ...pages.flatMap((page) => [...fileFindings(page, root), ...crossReferenceFindings(page, known)]),
    ...alertFindings(root, pages, known),
    ...ofShellcheck,
  ]
  return { findings: findings.toSorted(byPlace), ...unchecked, pages }
}

function byPlace(one: LintFinding, other: LintFinding): number {
  return one.uri === other.uri ? one.line - other.line : one.uri < other.uri ? -1 : 1
}
