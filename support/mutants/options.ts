import { parseArgs } from 'node:util'
import { HarnessMisused, messageOf } from '../errors'

/** What `npm run mutants` was asked for. */
export interface Options {
  readonly help: boolean
  /** How many changes made by rule; undefined for the mutants of fixtures/mutants/. */
  readonly generated: number | undefined
  /** How many of fixtures/mutants/; undefined for those that are named, or all. */
  readonly sample: number | undefined
  readonly seed: number
  readonly rerun: boolean
  /** Only these of fixtures/mutants/. */
  readonly names: readonly string[]
}

/** What `--help` says. */
export const usage = `npm run mutants                        every mutant of fixtures/mutants/; docs/mutants.md is written anew
npm run mutants -- NAME...             only these; their lab stays warm
npm run mutants -- --sample N          some of them
npm run mutants -- --generated N       changes made by rule, a sample of that size; docs/generated-mutants.md is written anew
                   --seed S            which sample; 1 unless told
                   --rerun             goes on with the last one: what was noticed then isn't tried again`

const known = {
  generated: { type: 'string' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  rerun: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/**
 * Reads the command line.
 *
 * @throws HarnessMisused for what isn't an option, and for options of which one would be passed over
 */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals: names } = parsed(args)
  const generated = whole(values.generated, '--generated')
  const sample = whole(values.sample, '--sample')
  const seed = whole(values.seed, '--seed')
  const choices = [
    ...(generated === undefined ? [] : ['--generated N']),
    ...(sample === undefined ? [] : ['--sample N']),
    ...(names.length === 0 ? [] : [names.join(' ')]),
  ]
  if (choices.length > 1) throw wrong(`Only one can say which mutants: ${choices.join(' or ')}`)
  if (seed !== undefined && generated === undefined && sample === undefined)
    throw wrong('--seed is of --generated N or --sample N')
  if (values.rerun && generated === undefined) throw wrong('--rerun is of --generated N')
  const { help = false, rerun = false } = values
  return { help, generated, sample, seed: seed ?? 1, rerun, names }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (thrown) {
    throw wrong(messageOf(thrown))
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
