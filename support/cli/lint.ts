import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exitCodes } from '../gate/verdict'
import { checkout } from '../lab/home'
import { featuresAt, readFeatures } from '../lint/features'
import { annotateFindings, counted, findingsText } from '../lint/finding'
import { fixed } from '../lint/fix'
import { type Linted, lint } from '../lint/lint'
import { sarifOf } from '../lint/sarif'
import { plural } from '../report/sentence'

/**
 * `runbook lint`: what has to be mended in features, without running them.
 *
 * @param paths features, or folders of them; all there are if it is empty
 * @throws LabBroken when nothing is to be mended as far as was seen, and shellcheck is missing: that shows nothing
 */
export async function lintFeatures(
  paths: readonly string[],
  options: { fix?: boolean; sarif?: string },
): Promise<number> {
  const uris = featuresAt(paths.length > 0 ? paths : [join(checkout, 'features')], process.cwd(), checkout)
  const linted = options.fix ? lintAndFix(uris) : lintAt(uris)
  if (options.sarif !== undefined) writeSarif(options.sarif, linted)
  const { findings, unchecked, pages } = linted
  if (findings.length > 0) {
    annotateFindings(findings)
    console.log(`${findingsText(findings)}\n\n${counted(findings)}`)
    if (unchecked) console.error(`\n${unchecked.message}`)
    return exitCodes.misuse
  }
  if (unchecked) throw unchecked
  const blocks = pages.flatMap((page) => page.blocks)
  console.log(
    `Nothing to mend: ${plural(pages.length, 'runbook')}, ${plural(blocks.length, 'command block')}`,
  )
  return exitCodes.passed
}

function lintAt(uris: readonly string[]): Linted {
  return lint(readFeatures(uris, checkout), checkout)
}

/** Until nothing is left that can be mended so: a line may have a tab and a prompt. */
function lintAndFix(uris: readonly string[]): Linted {
  const linted = lintAt(uris)
  const mended = fixed(linted.findings, checkout)
  if (mended.length === 0) return linted
  console.log(`Mended: ${mended.map(({ at, rule }) => `${at} [${rule}]`).join(', ')}\n`)
  return lintAndFix(uris)
}

function writeSarif(file: string, linted: Linted): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(sarifOf(linted), null, 2)}\n`)
}
