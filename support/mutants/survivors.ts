import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessMisused } from '../errors'
import { checkout } from '../lab/home'
import { parsedYaml } from '../yaml'

/** Where it's said why some changes can't be noticed. */
export const survivorsFile = 'fixtures/mutants/survivors.yml'

/**
 * Why generated mutants survive, by their key.
 *
 * @param text of the file
 * @throws HarnessMisused when it isn't a list of keys with reasons
 */
export function readSurvivors(
  text = readFileSync(join(checkout, survivorsFile), 'utf8'),
): ReadonlyMap<string, string> {
  const value = parsedYaml(text, unusable) ?? {}
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {})
  if (
    Array.isArray(value) ||
    entries.some(([, reason]) => typeof reason !== 'string' || reason.trim() === '')
  ) {
    throw unusable()
  }
  return new Map(entries as [string, string][])
}

function unusable(got?: string): HarnessMisused {
  return new HarnessMisused('RBK_SURVIVORS', {
    attempted: `${survivorsFile} can't be used`,
    expected: '"KEY OF THE MUTANT": why nothing can notice it',
    ...(got === undefined ? {} : { got }),
  })
}
