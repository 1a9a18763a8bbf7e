import { dirname, join, normalize } from 'node:path'
import type { TrackedFile } from './tracked'

/** Those that talk to cucumber; the formatters only take its types. */
const cucumbers = [
  'support/world.ts',
  'support/hooks.ts',
  'support/plugin.ts',
  'support/gate/plugin.ts',
  'support/gate/asked.ts',
  'support/gate/configured.ts',
  'support/docs/vocabulary.ts',
]
const formatters = ['support/report/formatter.ts', 'support/report/console.ts']
/** Steps of the runbooks that are wrong on purpose, for the harness's own tests. */
const ownRunbooks = /^support\/(blackbox|[a-z]+\/testing)\//
/** What binds steps, World and parts together: above the parts, so no part may import it. */
const top = ['support/world', 'support/hooks', 'support/plugin']

interface Import {
  /** The module as named, or its path in the checkout if it's a file of ours. */
  readonly of: string
  readonly typeOnly: boolean
}

/**
 * The imports of a file that don't point one way: steps -> world -> support/<noun> -> libraries.
 *
 * @returns a line for each, as a sentence
 */
export function wrongImports(file: TrackedFile): readonly string[] {
  return importsOf(file).flatMap((each) => {
    const why = objection(file.path, each)
    return why ? [`${file.path} imports ${each.of}: ${why}`] : []
  })
}

function objection(path: string, { of, typeOnly }: Import): string | undefined {
  if (path.startsWith('steps/')) {
    return ['support/world', '@cucumber/cucumber'].includes(of)
      ? undefined
      : 'steps import only World and cucumber'
  }
  if (of.startsWith('steps/')) return 'nothing imports steps'
  if (!path.endsWith('.test.ts') && !isTop(path) && top.includes(of))
    return 'the parts know nothing of what binds them'
  if (!/^@cucumber\/cucumber($|\/)/.test(of)) return undefined
  if (ownRunbooks.test(path) || cucumbers.includes(path) || (typeOnly && formatters.includes(path)))
    return undefined
  return 'only steps, world, hooks and plugins import cucumber'
}

function isTop(path: string): boolean {
  return top.some((module) => path === `${module}.ts` || path === `${module}.cjs`)
}

function importsOf({ path, text }: TrackedFile): readonly Import[] {
  const static_ = /^(?:import|export)\s+(?<type>type\s)?[^'"]*?from\s+['"](?<of>[^'"]+)['"]/gm
  const dynamic = /\b(?:import|require)\(\s*['"](?<of>[^'"]+)['"]\s*\)/g
  const bare = /^import\s+['"](?<of>[^'"]+)['"]/gm
  return [static_, dynamic, bare].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups = {} }) => ({
      of: resolved(path, groups.of ?? ''),
      typeOnly: groups.type !== undefined,
    })),
  )
}

function resolved(path: string, of: string): string {
  return of.startsWith('.') ? normalize(join(dirname(path), of)).replace(/\.tsx?$/, '') : of
}
