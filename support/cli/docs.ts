import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { coverageFlaws, coveragePage, coverings, readCatalogue } from '../docs/coverage'
import { readVocabulary, vocabularyFlaws, vocabularyPage } from '../docs/vocabulary'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { checkout, paths } from '../lab/home'
import { reportOf } from '../report/report'

/**
 * `runbook docs`: writes the pages that are generated from the features, the step definitions and the last run.
 * With `--check` nothing is written: a page that is stale, or says that something is missing, is an error.
 */
export async function docs(options: { check?: boolean }): Promise<number> {
  const catalogue = readCatalogue()
  const covering = coverings(reportOf(lastRun()))
  const steps = await readVocabulary()
  const pages: Readonly<Record<string, string>> = {
    'scenarios.md': coveragePage(catalogue, covering),
    'steps.md': vocabularyPage(steps),
  }
  const stale = Object.entries(pages).filter(([name, page]) => contentOf(name) !== page)
  const flaws = [...coverageFlaws(catalogue, covering), ...vocabularyFlaws(steps)]
  for (const flaw of flaws) console.error(flaw)
  for (const [name, page] of stale) {
    if (options.check) console.error(`docs/${name} is stale; write it anew: npx runbook docs`)
    else writeFileSync(pathOf(name), page)
  }
  if (!options.check)
    console.log(
      `Written: ${Object.keys(pages)
        .map((name) => `docs/${name}`)
        .join(', ')}`,
    )
  return flaws.length > 0 || (options.check && stale.length > 0) ? exitCodes.failed : exitCodes.passed
}

function lastRun(): Envelope[] {
  try {
    const lines = readFileSync(join(paths.reports, 'messages.ndjson'), 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line) as Envelope)
  } catch (cause) {
    const account = { attempted: 'The verdicts come from a run, and there is none', repeat: 'npm start' }
    throw new HarnessMisused('RBK_NO_RUN', account, { cause })
  }
}

function pathOf(name: string): string {
  return join(checkout, 'docs', name)
}

function contentOf(name: string): string | undefined {
  try {
    return readFileSync(pathOf(name), 'utf8')
  } catch {
    return undefined
  }
}
