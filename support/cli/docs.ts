import { join } from 'node:path'
import { coverageFlaws, coveragePage, coverings, readCatalogue, withVerdictsOf } from '../docs/coverage'
import { type Pages, pageOf, stalePages, writePages } from '../docs/generated'
import { saasFlaws, saasPages } from '../docs/saas-pages'
import { readVocabulary, vocabularyFlaws, vocabularyPage } from '../docs/vocabulary'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { checkout, paths } from '../lab/home'
import { currentReport } from '../report/current'
import { type FeatureFile, readFeatureFiles } from '../report/feature-files'
import type { Report } from '../report/model'
import { reportOf } from '../report/report'

const folder = join(checkout, 'docs')
const promises = 'scenarios.md'

/**
 * `runbook docs`: writes the pages that are generated from the features, the step definitions and the last run.
 *
 * @param options `check`: nothing is written; a page that is stale, or says that something is missing, is an error.
 *   `run: false`: the verdicts in docs/scenarios.md, the one thing that comes from a run, are left as they are
 * @throws HarnessMisused RBK_NO_RUN: of a scenario that docs/scenarios.md names, the last run has no verdict, or not of these files
 */
export async function docs(options: { check?: boolean; run?: boolean }): Promise<number> {
  const { check = false, run = true } = options
  // The last run's verdicts come last: all that needs no run is written, or told, without one.
  const features = readFeatureFiles()
  const written = reportOf(features.map(({ document }) => ({ gherkinDocument: document })))
  const groups = [
    () => ofFeatures(written),
    ofSteps,
    () => (run ? ofPromises(lastRun(features)) : withoutRun(written)),
  ]
  const again = `npx runbook docs${run ? '' : ' --no-run'}`
  let green = true
  for (const group of groups) green = finish(await group(), check, again) && green
  return green ? exitCodes.passed : exitCodes.failed
}

/** Pages, and what is wrong with what they are made from, a line each. */
interface Group {
  readonly pages: Pages
  readonly flaws: readonly string[]
}

/** @param report the runbooks as they are written, without results */
function ofFeatures(report: Report): Group {
  return { pages: saasPages(report), flaws: saasFlaws(report) }
}

async function ofSteps(): Promise<Group> {
  const steps = await readVocabulary()
  return { pages: { 'steps.md': vocabularyPage(steps) }, flaws: vocabularyFlaws(steps) }
}

function ofPromises(report: Report): Group {
  const catalogue = readCatalogue()
  const covering = coverings(report)
  return {
    pages: { [promises]: coveragePage(catalogue, covering) },
    flaws: coverageFlaws(catalogue, covering),
  }
}

/** The scenarios as they are called now, with the verdicts that are on the page. */
function withoutRun(report: Report): Group {
  const { pages, flaws } = ofPromises(report)
  const now = pageOf(promises, folder) ?? ''
  return { pages: { [promises]: withVerdictsOf(now, pages[promises] ?? '') }, flaws }
}

function finish({ pages, flaws }: Group, check: boolean, again: string): boolean {
  for (const flaw of flaws) console.error(flaw)
  const stale = check ? stalePages(pages, folder) : []
  for (const name of stale) console.error(`docs/${name} is stale; write it anew: ${again}`)
  if (!check) {
    writePages(pages, folder)
    for (const name of Object.keys(pages)) console.log(`Written: docs/${name}`)
  }
  return flaws.length === 0 && stale.length === 0
}

const next = 'Run all of them, or leave the verdicts as they are: npx runbook docs --no-run'
const repeat = 'npm start && npx runbook docs'

/** A run of some scenarios has no verdict for the others: the page would say less than was shown before. */
function lastRun(features: readonly FeatureFile[]): Report {
  const { report, notes, unusable } = currentReport(features, paths.reports)
  if (unusable !== undefined) {
    throw new HarnessMisused('RBK_NO_RUN', {
      attempted: `The verdicts of docs/${promises} come from a whole run of what is here, and the last one is none`,
      got: unusable,
      next,
      repeat,
    })
  }
  const unknown = coverings(report).filter(({ scenario }) => scenario.state === 'not run')
  if (unknown.length === 0) return report
  throw new HarnessMisused('RBK_NO_RUN', {
    attempted: `The verdicts of docs/${promises} come from a whole run, and the last one has none for ${unknown.length} of its scenarios`,
    got: [
      ...notes,
      ...unknown.slice(0, 5).map(({ scenario: { address, title } }) => `${address} ${title}`),
    ].join('\n'),
    next,
    repeat,
  })
}
