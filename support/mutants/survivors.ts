import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { HarnessMisused, messageOf } from '../errors'
import { checkout } from '../lab/home'

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
  const value = parsed(text)
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {})
  if (
    Array.isArray(value) ||
    entries.some(([, reason]) => typeof reason !== 'string' || reason.trim() === '')
  ) {
    throw unusable()
  }
  return new Map(entries as [string, string][])
}

function parsed(text: string): unknown {
  try {
    return parse(text) ?? {}
  } catch (thrown) {
    throw unusable(messageOf(thrown))
  }
}

function unusable(got?: string): HarnessMisused {
  return new HarnessMisused('RBK_SURVIVORS', {
    attempted: `${survivorsFile} can't be used`,
    expected: '"KEY OF THE MUTANT": why nothing can notice it',
    ...(got === undefined ? {} : { got }),
  })
}
