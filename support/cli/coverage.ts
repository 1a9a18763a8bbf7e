import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blocks } from '../coverage/blocks'
import { degradedModes } from '../coverage/degraded-modes'
import { readScripts } from '../coverage/script-texts'
import { printedIn, scriptWords } from '../coverage/script-words'
import { readWaivers, waive, waiversFile } from '../coverage/waivers'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { checkout, paths } from '../lab/home'
import { currentReport } from '../report/current'
import { readFeatureFiles } from '../report/feature-files'

/**
 * `runbook coverage`: what is published, and what the last run has not shown of it.
 *
 * @returns the exit code: 0 all is shown or waived, 1 there are gaps or waivers that have ended, 2 a waiver is of nothing
 * @throws HarnessMisused when the waivers, or the messages of the last run, can't be read, or that run was with other files
 */
export async function coverage(): Promise<number> {
  const file = join(checkout, waiversFile)
  const waivers = readWaivers(existsSync(file) ? readFileSync(file, 'utf8') : '', today())
  const { report, notes, unusable } = currentReport(readFeatureFiles(), paths.reports)
  if (unusable !== undefined) {
    throw new HarnessMisused('RBK_NO_COVERAGE', {
      attempted: 'What is published can’t be held against the last run',
      got: unusable,
      next: 'Run the runbooks again:',
      repeat: 'npx runbook run && npx runbook coverage',
    })
  }
  for (const note of notes) console.log(note)
  const published = [
    ...blocks(report),
    ...degradedModes(report),
    ...scriptWords(readScripts(), printedIn(report)),
  ]
  const { open, expired, waived, unneeded, unknown } = waive(published, waivers, today())
  for (const { at, what, gap } of open) console.error(`${at}  ${what}: ${gap}`)
  for (const { at, what, waiver } of expired)
    console.error(`${at}  ${what}: its waiver ended on ${waiver.until} (${waiver.because})`)
  for (const { of } of unknown)
    console.error(`${waiversFile}  nothing published is “${of}”: take the waiver out`)
  for (const { of } of unneeded) console.log(`${waiversFile}  “${of}” was shown: perhaps it needs no waiver`)
  console.log(
    `Coverage: ${published.length} things published, ${open.length} not shown, ${waived.length} waived, ${expired.length} with a waiver that has ended.`,
  )
  if (open.length + expired.length > 0) return exitCodes.failed
  return unknown.length > 0 ? exitCodes.misuse : exitCodes.passed
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
