import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { readScripts } from '../coverage/script-texts'
import { code, plain, table } from '../docs/markdown'
import { HarnessMisused, LabBroken } from '../errors'
import { exitCodes } from '../gate/verdict'
import { checkout } from '../lab/home'
import { control } from './control'
import type { Fates } from './fates'
import { type GeneratedMutant, mutantsOf } from './generated'
import { readMutants } from './mutant'
import { placesByAddress, placesOf } from './places'
import { sampleOf } from './sample'
import type { Scratch } from './scratch'
import { readSurvivors, survivorsFile } from './survivors'

/** What the lab says when the script makes no archive (support/lab/kept-archives.ts). */
const noBackup = 'The backup with which this scenario begins could not be made'

/** At least so many of a hundred must be noticed. */
const wantedRate = 90

/** What became of a generated mutant; `by` is undefined for one that nothing noticed. */
export interface GeneratedFate {
  readonly mutant: GeneratedMutant
  readonly by: string | undefined
}

/**
 * Tries generated mutants: first the tests of the scripts, which take seconds, then, on what those don't notice, the
 * scenarios that catch the mutants of fixtures/mutants/ in the scripts. docs/generated-mutants.md is written anew.
 *
 * @param count how many; a sample of that size
 * @param seed  which sample
 * @param kept  what noticed some of them before; it is kept there
 * @returns 0 when nine of ten were noticed and each other one is explained, else 1
 */
export async function generatedMutants(
  scratch: Scratch,
  count: number,
  seed: number,
  kept: Fates,
): Promise<number> {
  const all = await stillBash([...readScripts()].flatMap(([file, text]) => mutantsOf(file, text)))
  const chosen = sampleOf(all, count, seed)
  const explained = readSurvivors()
  const places = scenarioPlaces()
  console.log(`${chosen.length} of ${all.length} generated mutants, seed ${seed}`)
  const failing = await scratch.tests()
  if (failing !== undefined) {
    const attempted = 'The tests that should notice mutants fail without any'
    throw new HarnessMisused('RBK_MUTANTS_CONTROL', { attempted, got: failing })
  }
  await control(scratch, places)
  const fates: GeneratedFate[] = []
  for (const mutant of chosen) {
    const by = kept.by(mutant.name) ?? (await noticedBy(scratch, mutant, places))
    if (by !== undefined) kept.keep(mutant.name, by)
    fates.push({ mutant, by })
    const why = explained.get(mutant.key)
    console.log(
      `${mutant.name}: ${by ?? (why ? `survived, as explained: ${why}` : 'SURVIVED')}  [${mutant.before}]`,
    )
    // After each of them: a sample takes an hour, and who ends it sooner has a smaller one.
    writeFileSync(join(checkout, 'docs', 'generated-mutants.md'), page(fates, explained, all.length, seed))
  }
  const killed = fates.filter(({ by }) => by !== undefined).length
  const open = fates.filter(({ mutant, by }) => by === undefined && !explained.has(mutant.key))
  const rate = rateOf(killed, fates.length)
  console.log(`${killed} of ${fates.length} noticed (${rate} %; ${wantedRate} wanted).`)
  for (const { mutant } of open) console.log(`Not explained in ${survivorsFile}: "${mutant.key}"`)
  return rate >= wantedRate && open.length === 0 ? exitCodes.passed : exitCodes.failed
}

/** A change that breaks the syntax is noticed by everything, and shows nothing. */
async function stillBash(mutants: readonly GeneratedMutant[]): Promise<GeneratedMutant[]> {
  const judged = await Promise.all(
    mutants.map(async (mutant) => {
      const { exitCode } = await execa('bash', ['-n'], { input: mutant.text, reject: false })
      return exitCode === 0 ? [mutant] : []
    }),
  )
  return judged.flat()
}

/** Those that have caught a mutant of the scripts before: they look the closest. */
function scenarioPlaces(): string[] {
  const addresses = readMutants()
    .filter(({ file }) => file.startsWith('fixtures/images/nats-backup/'))
    .flatMap(({ caughtBy }) => caughtBy)
  return placesOf([...new Set(addresses)], placesByAddress())
}

async function noticedBy(
  scratch: Scratch,
  mutant: GeneratedMutant,
  places: readonly string[],
): Promise<string | undefined> {
  const undo = scratch.put(mutant.file, mutant.text)
  try {
    const test = await scratch.tests()
    if (test !== undefined) return `test: ${test}`
    const { exitCode, ends, output } = await scratch.run(places)
    const failed = [...ends].find(([, { verdict }]) => verdict === 'failed')
    if (failed) return `scenario: ${failed[0]}`
    if (exitCode === 0) return undefined
    // The lab makes its backups with the same script: a script that makes none is noticed there.
    if (output.includes(noBackup)) return 'the lab, which could not make a backup with it'
    throw new LabBroken('RBK_MUTANT_INCONCLUSIVE', {
      attempted: `The run with ${mutant.name} ended with ${exitCode}, and not because a scenario failed`,
      lastSeen: output.slice(-3000),
    })
  } finally {
    undo()
  }
}

function page(
  fates: readonly GeneratedFate[],
  explained: ReadonlyMap<string, string>,
  all: number,
  seed: number,
): string {
  const killed = fates.filter(({ by }) => by !== undefined).length
  const rows = fates.map(({ mutant, by }) => {
    const fate = by ? plain(by) : `**survived**: ${plain(explained.get(mutant.key) ?? 'not explained')}`
    return [mutant.name, code(mutant.before), fate]
  })
  return `${[
    '# Changes that nobody thought of',
    `Generated by \`npm run mutants -- --generated ${fates.length} --seed ${seed}\`: commands dropped, tests turned round, errors swallowed, one at a time, in the scripts of the backup.`,
    `${killed} of ${fates.length} were noticed (${rateOf(killed, fates.length)} %). The sample is of ${all}.`,
    table(['Mutant', 'The line', 'Noticed by'], rows),
  ].join('\n\n')}\n`
}

/** Of a hundred. */
function rateOf(killed: number, all: number): number {
  return Math.floor((100 * killed) / Math.max(all, 1))
}
