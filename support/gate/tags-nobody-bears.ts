import type { Envelope } from '@cucumber/messages'
import type { Finding } from '../lint/finding'
import { meantOr } from '../nearest'
import { tagsOnDisk } from './tags-on-disk'

/**
 * The tags of a `--tags` expression that no scenario bears. In `@runbook:a or @runbook:bb` cucumber passes over a misspelt
 * one in silence and runs what is left; behind a `not` it leaves out nothing. Only tags with a value: the others come
 * from a closed list, and `not @slow` is right where nothing is slow.
 *
 * @param expression as cucumber takes it
 * @param cwd        where features/ is: a path narrows what is read, and not what there is
 * @param envelopes  messages of what was read, wherever it is
 */
export function tagsNobodyBears(
  expression: string,
  cwd: string,
  envelopes: readonly Envelope[],
): readonly Finding[] {
  const named = new Set(expression.match(/@[^\s():]+:[^\s()]+/g))
  if (named.size === 0) return []
  const borne = [...new Set([...tagsOnDisk(cwd), ...tagsRead(envelopes)])]
  return [...named].flatMap((tag) => {
    if (borne.includes(tag)) return []
    const [kind = ''] = tag.split(':')
    const alike = borne.filter((each) => each.startsWith(`${kind}:`))
    const mend = meantOr(tag, alike, `there are: ${alike.toSorted().join(' ') || 'none'}`)
    return [{ at: '--tags', what: `no scenario bears ${tag}`, mend }]
  })
}

function tagsRead(envelopes: readonly Envelope[]): string[] {
  return envelopes.flatMap(({ pickle }) => pickle?.tags.map(({ name }) => name) ?? [])
}
