import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { HarnessMisused } from '../errors'
import { checkout } from '../lab/home'
import { parsedYaml } from '../yaml'
import { survivorsFile } from './survivors'

/** A guard taken away, and who has to notice. */
export interface Mutant {
  /** Its file's name. */
  readonly name: string
  /** What is taken away, as a sentence. */
  readonly removes: string
  readonly file: string
  readonly find: string
  readonly replace: string
  /** Addresses of scenarios, each of which must come to what `as` says. */
  readonly caughtBy: readonly string[]
  /** A fault that isn't in force shows nothing, so its scenarios are to be inconclusive; all others are to fail. */
  readonly as: 'failed' | 'inconclusive'
}

const mutants = join(checkout, 'fixtures', 'mutants')

/** What is beside the mutants: what they are, and why changes by rule may go unnoticed. */
const beside = ['README.md', basename(survivorsFile)]

/**
 * Reads the mutants.
 *
 * @param names  only these; all unless told
 * @param folder where they are
 * @throws HarnessMisused for a name that there isn't, for a file that lacks something, and for one that wouldn't be read
 */
export function readMutants(names: readonly string[] = [], folder = mutants): Mutant[] {
  const there = readdirSync(folder)
  const files = there.filter((file) => file.endsWith('.yaml'))
  const unread = there.filter((file) => !files.includes(file) && !beside.includes(file))
  if (unread.length > 0) {
    throw new HarnessMisused('RBK_MUTANT_UNREAD', {
      attempted: `No mutant is read from fixtures/mutants/${unread.join(', ')}`,
      expected: 'NAME.yaml',
      next: 'Rename it, or move it elsewhere.',
    })
  }
  const all = files.map((file) => mutantOf(basename(file, '.yaml'), readFileSync(join(folder, file), 'utf8')))
  const unknown = names.filter((name) => !all.some((mutant) => mutant.name === name))
  if (unknown.length > 0) {
    throw new HarnessMisused('RBK_MUTANT_UNKNOWN', {
      attempted: `There is no mutant ${unknown.join(', ')}`,
      expected: all.map(({ name }) => name).join(', '),
    })
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
}

/** @throws HarnessMisused when something is lacking */
export function mutantOf(name: string, text: string): Mutant {
  const {
    removes,
    file,
    find,
    replace = '',
    caughtBy,
    as = 'failed',
  } = (parsedYaml(text, (got) => unusable(name, got)) ?? {}) as Partial<Mutant>
  const isVerdict = as === 'failed' || as === 'inconclusive'
  const isCaught = Array.isArray(caughtBy) && caughtBy.length > 0
  if (removes && file && find && find !== replace && isCaught && isVerdict) {
    return { name, removes, file, find, replace, caughtBy, as }
  }
  throw unusable(name)
}

function unusable(name: string, got?: string): HarnessMisused {
  return new HarnessMisused('RBK_MUTANT', {
    attempted: `The mutant ${name} can't be used`,
    expected: 'removes, file, find, replace (other than find), caughtBy, and perhaps as: inconclusive',
    ...(got === undefined ? {} : { got }),
    next: 'See fixtures/mutants/README.md.',
  })
}

/**
 * Makes each change and takes it back, so that one that doesn't apply is told before hours are spent on the others.
 *
 * @throws HarnessMisused for the first that doesn't apply
 */
export function tryOn(copy: string, mutants: readonly Mutant[]): void {
  for (const mutant of mutants) mutate(copy, mutant)()
}

/**
 * Makes a mutant's change in a copy of the checkout.
 *
 * @returns a function that takes it back
 * @throws HarnessMisused when the text isn't there exactly once: such a mutant changes nothing, or something else
 */
export function mutate(copy: string, { name, file, find, replace }: Mutant): () => void {
  const path = join(copy, file)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const times = text === undefined ? undefined : text.split(find).length - 1
  if (text === undefined || times !== 1) {
    throw new HarnessMisused('RBK_MUTANT_STALE', {
      attempted: `The mutant ${name} does not apply to ${file}`,
      expected: `once in the file: ${find}`,
      got: times === undefined ? 'there is no such file' : `${times} times`,
      next: `Bring fixtures/mutants/${name}.yaml up to date.`,
    })
  }
  writeFileSync(
    path,
    text.replace(find, () => replace),
  )
  return () => writeFileSync(path, text)
}
