import { globSync } from 'node:fs'
import { isAbsolute, normalize, relative, resolve } from 'node:path'
import type { Envelope, GherkinDocument } from '@cucumber/messages'
import { parse } from '@cucumber/tag-expressions'
import { HarnessMisused, messageOf } from '../errors'
import type { Finding } from '../lint/finding'
import { scenariosOf } from '../lint/page'
import { tagProblem } from './tags'

const withLines = /^(?<path>.*?)(?<lines>(?::\d+)*)$/

/** What is wrong with a `--tags` expression; one that names a tag that isn't on the list selects nothing, or everything. */
export function wrongTags(expression: string): readonly Finding[] {
  if (expression === '') return []
  try {
    parse(expression)
  } catch (thrown) {
    return [
      {
        at: '--tags',
        what: messageOf(thrown),
        mend: 'write it like --tags "@persona:operator and not @slow"',
      },
    ]
  }
  const names = new Set(expression.match(/@[^\s()]+/g))
  return [...names].flatMap((name) => {
    const problem = tagProblem(name)
    return problem ? [{ at: '--tags', ...problem }] : []
  })
}

/**
 * What is wrong with a `--shard`: cucumber takes 0/2 and 3/2 for shares in which no scenario is.
 *
 * @param shard as cucumber takes it, `2/3`; it refuses by itself what are no two numbers
 */
export function wrongShard(shard: string): readonly Finding[] {
  const [index = Number.NaN, total = Number.NaN] = shard.split('/').map(Number)
  if (shard === '' || (index >= 1 && index <= total)) return []
  return [{ at: '--shard', what: `there is no shard ${shard}`, mend: 'shards count from 1: 1/3, 2/3, 3/3' }]
}

/**
 * The paths of a run at which no feature was found: they aren't there, or are folders without one. Cucumber passes over them
 * in silence.
 *
 * @param asked the paths as given, with lines: `features/x.feature:12`
 * @param cwd   what they are relative to
 * @param found the files that cucumber found at all of them
 */
export function missingPaths(
  asked: readonly string[],
  cwd: string,
  found: readonly string[],
): readonly Finding[] {
  return asked.flatMap((path) => {
    const file = withLines.exec(path)?.groups?.path ?? path
    const places = globSync(file, { cwd }).map((place) => resolve(cwd, place))
    if (places.some((place) => found.some((each) => each === place || each.startsWith(`${place}/`))))
      return []
    const what = places.length > 0 ? 'no feature in it' : 'no such feature'
    return [{ at: path, what, mend: 'the runbooks are under features/' }]
  })
}

/** The lines of a run at which no scenario begins. Cucumber passes over them in silence, too. */
export function missingLines(
  asked: readonly string[],
  cwd: string,
  envelopes: readonly Envelope[],
): readonly Finding[] {
  const documents = envelopes.flatMap(({ gherkinDocument }) => (gherkinDocument ? [gherkinDocument] : []))
  return asked.flatMap((path) => {
    const { path: file = path, lines = '' } = withLines.exec(path)?.groups ?? {}
    const uri = isAbsolute(file) ? relative(cwd, file) : normalize(file)
    const document = documents.find((each) => each.uri !== undefined && normalize(each.uri) === uri)
    if (!document) return []
    const there = linesOf(document)
    const missing = lines.split(':').filter((line) => line !== '' && !there.includes(Number(line)))
    return missing.map((line) => ({
      at: `${uri}:${line}`,
      what: 'no scenario begins at this line',
      mend: `scenarios begin at ${there.join(', ')}`,
    }))
  })
}

/** The error of a run that would end green because it ran nothing. */
export function nothingSelected(envelopes: readonly Envelope[]): HarnessMisused {
  const pickles = envelopes.flatMap(({ pickle }) => (pickle ? [pickle] : []))
  const files = new Set(pickles.map(({ uri }) => uri))
  const tags = [...new Set(pickles.flatMap((pickle) => pickle.tags.map(({ name }) => name)))].sort()
  return new HarnessMisused('RBK_NOTHING_SELECTED', {
    attempted: 'No scenario was selected, so nothing was run',
    expected: 'at least one',
    got: `none of the ${pickles.length} scenarios in ${files.size} ${files.size === 1 ? 'file' : 'files'} that were read`,
    next: `Look at the --tags, --name and --shard that were given. ${tags.length > 0 ? `Tags in these files: ${tags.join(' ')}` : 'These files have no tags.'}`,
  })
}

/** Where a scenario, or a row of its examples, begins: what cucumber selects by line. */
function linesOf(document: GherkinDocument): number[] {
  return scenariosOf(document).flatMap((scenario) => [
    scenario.location.line,
    ...scenario.examples.flatMap(({ tableBody }) => tableBody.map(({ location }) => location.line)),
  ])
}
