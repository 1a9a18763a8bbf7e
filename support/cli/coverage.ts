import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blockGaps } from '../coverage/block-gaps'
import { degradedGaps } from '../coverage/degraded-gaps'
import { printedIn, scriptGaps } from '../coverage/script-gaps'
import { readScripts } from '../coverage/script-texts'
import { readWaivers, waive, waiversFile } from '../coverage/waivers'
import { exitCodes } from '../gate/verdict'
import { checkout, paths } from '../lab/home'
import { currentReport } from '../report/current'
import { readFeatureFiles } from '../report/feature-files'

/**
 * `runbook coverage`: what is published, and what the last run has not shown of it.
 *
 * @returns the exit code: 0 all is shown or waived, 1 there are gaps, 2 a waiver is of nothing
 * @throws HarnessMisused when the waivers can't be read
 */
export async function coverage(): Promise<number> {
  const file = join(checkout, waiversFile)
  const waivers = readWaivers(existsSync(file) ? readFileSync(file, 'utf8') : '')
  const { report, notes } = currentReport(readFeatureFiles(), paths.reports)
  for (const note of notes) console.log(note)
  const gaps = [
    ...blockGaps(report),
    ...degradedGaps(report),
    ...scriptGaps(readScripts(), printedIn(report)),
  ]
  const { open, expired, waived, unknown } = waive(gaps, waivers, new Date().toISOString().slice(0, 10))
  for (const { at, what, why } of open) console.error(`${at}  ${what}: ${why}`)
  for (const { at, what, waiver } of expired)
    console.error(`${at}  ${what}: its waiver ended on ${waiver.until} (${waiver.because})`)
  for (const { of } of unknown) console.error(`${waiversFile}  there is no gap “${of}”: take the waiver out`)
  const told = [`${open.length + expired.length} gaps`, `${waived.length} waived`]
  console.log(`Coverage: ${gaps.length === 0 ? 'everything published was shown' : told.join(', ')}.`)
  if (open.length + expired.length > 0) return exitCodes.failed
  return unknown.length > 0 ? exitCodes.misuse : exitCodes.passed
}
