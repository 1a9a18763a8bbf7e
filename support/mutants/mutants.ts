import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { plain, table } from '../docs/markdown'
import { HarnessMisused, LabBroken } from '../errors'
import { exitCodeOfError, readable } from '../gate/exit-code'
import { exitCodes } from '../gate/verdict'
import { checkout } from '../lab/home'
import { type Catcher, catchersOf } from './caught'
import { control } from './control'
import { Fates } from './fates'
import { generatedMutants } from './generated-trial'
import { type Mutant, mutate, readMutants, tryOn } from './mutant'
import { placesByAddress, placesOf } from './places'
import { sampleOf } from './sample'
import { Scratch, type Trial } from './scratch'

/** What became of a mutant. */
interface Fate {
  readonly mutant: Mutant
  /** The scenarios that noticed it, of those that should. */
  readonly catchers: readonly Catcher[]
  /** Addresses of those that didn't. */
  readonly missedBy: readonly string[]
}

/**
 * `npm run mutants`: see `--help`.
 *
 * @returns the exit code: 0 all caught, 1 one survived
 */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  if (values.help) {
    console.log(usage)
    return exitCodes.passed
  }
  const seed = whole(values.seed, '--seed') ?? 1
  const generated = whole(values.generated, '--generated')
  const sample = whole(values.sample, '--sample')
  if (values.rerun && generated === undefined) throw wrong('--rerun is of --generated N')
  const kept = values.rerun ? Fates.goOn() : undefined
  const scratch = await Scratch.make(console.error)
  if (generated === undefined && sample === undefined) return await mutants(scratch, positionals)
  try {
    if (generated !== undefined)
      return await generatedMutants(scratch, generated, seed, kept ?? Fates.begin())
    const names = readMutants().map(({ name }) => name)
    return await mutants(scratch, sampleOf(names, sample ?? names.length, seed))
  } finally {
    await scratch.down()
  }
}

/** @throws HarnessMisused for what is no whole number from 1 */
function whole(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw wrong(`${option} ${text}: it takes a whole number, from 1`)
}

function wrong(attempted: string): HarnessMisused {
  return new HarnessMisused('RBK_MUTANTS_OPTION', { attempted, repeat: 'npm run mutants -- --help' })
}

const options = {
  generated: { type: 'string' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  rerun: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const usage = `npm run mutants                        every mutant of fixtures/mutants/; docs/mutants.md is written anew
npm run mutants -- NAME...             only these; their lab stays warm
npm run mutants -- --sample N          some of them
npm run mutants -- --generated N       changes made by rule, a sample of that size; docs/generated-mutants.md is written anew
                   --seed S            which sample; 1 unless told
                   --rerun             goes on with the last one: what was noticed then isn't tried again`

/**
 * Takes one guard after the other away and sees that a scenario notices. Without names all
 * of them, and docs/mutants.md is written anew; then their lab is taken down. After some of them it stays warm.
 */
async function mutants(scratch: Scratch, names: readonly string[]): Promise<number> {
  const chosen = readMutants(names)
  const places = placesByAddress()
  tryOn(scratch.folder, chosen)
  await control(scratch, placesOf([...new Set(chosen.flatMap(({ caughtBy }) => caughtBy))], places))
  const fates: Fate[] = []
  for (const mutant of chosen) fates.push(await fateOf(mutant, scratch, placesOf(mutant.caughtBy, places)))
  if (names.length === 0) {
    writeFileSync(join(checkout, 'docs', 'mutants.md'), page(fates))
    await scratch.down()
  }
  const survived = fates.filter(({ missedBy }) => missedBy.length > 0)
  console.log(`${fates.length - survived.length} of ${fates.length} mutants caught.`)
  return survived.length === 0 ? exitCodes.passed : exitCodes.failed
}

async function fateOf(mutant: Mutant, scratch: Scratch, places: readonly string[]): Promise<Fate> {
  const undo = mutate(scratch.folder, mutant)
  try {
    const trial = await scratch.run(places)
    const catchers = catchersOf(mutant, trial.ends)
    if (catchers.length === 0 && trial.exitCode !== 0) throw inconclusive(mutant, trial)
    const caughtBy = catchers.map(({ address }) => address)
    const missedBy = mutant.caughtBy.filter((address) => !caughtBy.includes(address))
    const by = missedBy.length > 0 ? `SURVIVED ${missedBy.join(', ')}` : `caught by ${caughtBy.join(', ')}`
    console.log(`${mutant.name}: ${by}`)
    return { mutant, catchers, missedBy }
  } finally {
    undo()
  }
}

function inconclusive({ name }: Mutant, { exitCode, output }: Trial): LabBroken {
  return new LabBroken('RBK_MUTANT_INCONCLUSIVE', {
    attempted: `The run with the mutant ${name} ended with ${exitCode}, and not because a scenario failed`,
    lastSeen: output.slice(-3000),
    repeat: `npm run mutants -- ${name}`,
  })
}

function page(fates: readonly Fate[]): string {
  const rows = fates.flatMap(({ mutant: { name, removes }, catchers, missedBy }) => {
    const ends = [
      ...catchers.map(({ address, said }) => [address, plain(said)]),
      ...missedBy.map((address) => [address, '**nothing: it survived**']),
    ]
    return ends.map((end, index) =>
      index === 0 ? [`[${name}](../fixtures/mutants/${name}.yaml)`, removes, ...end] : ['', '', ...end],
    )
  })
  return `${[
    '# Guards, taken away one by one',
    'Generated by `npm run mutants`: for each guard, the scenarios that turned red without it, and what they said.',
    table(['Mutant', 'Takes away', 'Caught by', 'Which said'], rows),
  ].join('\n\n')}\n`
}

main(process.argv.slice(2))
  .then((exitCode) => {
    process.exitCode = exitCode
  })
  .catch((error: unknown) => {
    console.error(readable(error))
    process.exitCode = exitCodeOfError(error)
  })
