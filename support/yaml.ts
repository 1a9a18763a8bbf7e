import { parse } from 'yaml'
import { type HarnessMisused, messageOf } from './errors'

/**
 * What a YAML file holds that people write.
 *
 * @param unusable the error of a text that is no YAML, given why
 * @throws what `unusable` makes
 */
export function parsedYaml(text: string, unusable: (got: string) => HarnessMisused): unknown {
  try {
    return parse(text)
  } catch (thrown) {
    throw unusable(messageOf(thrown))
  }
}
