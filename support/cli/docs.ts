import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { coverageFlaws, coveragePage, coverings, readCatalogue } from '../docs/coverage'
import { type Pages, stalePages, writePages } from '../docs/generated'
import { saasFlaws, saasPages } from '../docs/saas-pages'
import { readVocabulary, vocabularyFlaws, vocabularyPage } from '../docs/vocabulary'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { checkout, paths } from '../lab/home'
import { readFeatureFiles } from '../report/feature-files'
import { readMessages } from '../report/messages-file'
import { reportOf } from '../report/report'

const folder = join(checkout, 'docs')

/**
 * `runbook docs`: writes the pages that are generated from the features, the step definitions and the last run.
 * With `--check` nothing is written: a page that is stale, or says that something is missing, is an error.
 */
export async function docs(options: { check?: boolean }): Promise<number> {
  // The last run's verdicts come last: all that needs no run is written, or told, without one.
  const groups = [ofFeatures, ofSteps, ofLastRun]
  let green = true
  for (const group of groups) green = finish(await group(), options.check ?? false) && green
  return green ? exitCodes.passed : exitCodes.failed
}

/** Pages, and what is wrong with what they are made from, a line each. */
interface Group {
  readonly pages: Pages
  readonly flaws: readonly string[]
}

function ofFeatures(): Group {
  const report = reportOf(readFeatureFiles().map(({ document }) => ({ gherkinDocument: document })))
  return { pages: saasPages(report), flaws: saasFlaws(report) }
}

async function ofSteps(): Promise<Group> {
  const steps = await readVocabulary()
  return { pages: { 'steps.md': vocabularyPage(steps) }, flaws: vocabularyFlaws(steps) }
}

function ofLastRun(): Group {
  const catalogue = readCatalogue()
  const covering = coverings(reportOf(lastRun()))
  return {
    pages: { 'scenarios.md': coveragePage(catalogue, covering) },
    flaws: coverageFlaws(catalogue, covering),
  }
}

function finish({ pages, flaws }: Group, check: boolean): boolean {
  for (const flaw of flaws) console.error(flaw)
  const stale = check ? stalePages(pages, folder) : []
  for (const name of stale) console.error(`docs/${name} is stale; write it anew: npx runbook docs`)
  if (!check) {
    writePages(pages, folder)
    for (const name of Object.keys(pages)) console.log(`Written: docs/${name}`)
  }
  return flaws.length === 0 && stale.length === 0
}

function lastRun(): Envelope[] {
  const file = join(paths.reports, 'messages.ndjson')
  if (!existsSync(file)) throw noRun('there is none')
  const { envelopes, damaged } = readMessages(readFileSync(file, 'utf8'))
  if (damaged) throw noRun(`line ${damaged.line} of reports/messages.ndjson ${damaged.what}`)
  return envelopes
}

function noRun(why: string): HarnessMisused {
  return new HarnessMisused('RBK_NO_RUN', {
    attempted: `The verdicts of docs/scenarios.md come from a whole run, and ${why}`,
    repeat: 'npm start',
  })
}
