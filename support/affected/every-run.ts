/** Stands in the graph for all that a run depends on whatever its runbooks are. */
export const everyRun = 'every run'

/** Stands in the graph for what is loaded whatever the runbooks are, and used only by some. */
export const loaded = 'loaded'

/** The command line: it loads a module when that is asked for, and of all these a run needs only `run`. */
export const commandLine = ['support/cli/main.ts', 'support/cli/run.ts'] as const

/**
 * Where every run begins: what starts it, what judges it, what brings up its lab. All that these import, or read, is
 * every run's too. What cucumber.js names beside them is in `reporters`.
 */
export const beginnings = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'cucumber.js',
  'support/typescript.cjs',
  'support/cli/bootstrap.cjs',
  ...commandLine,
  'support/world.ts',
  'support/hooks.ts',
  'support/gate/plugin.cjs',
  'support/plugin.cjs',
] as const

/** Write down what a run was; its procedures and its verdict are the same without them. */
export const reporters = ['support/report/console.cjs', 'support/report/formatter.cjs'] as const

/** Whether a module chooses what runs. No procedure depends on that, but whoever changes it wants to see all of them. */
export function isChoosing(path: string): boolean {
  return /^support\/(affected\/|cli\/changed-since\.ts$)/.test(path) && !/\.test\.ts$|\/testing\//.test(path)
}

/**
 * Whether a module only looks at how pages are written. It reads fixtures to see whether they have what pages name, and no
 * procedure comes to another end by that.
 */
export function isLint(path: string): boolean {
  return path.startsWith('support/lint/')
}

/** Whether a module is loaded only by runs on a cluster that isn't the lab's: no run in a lab comes to another end by it. */
export function isElsewhere(path: string): boolean {
  return path.startsWith('support/existing-cluster/')
}

const harmless: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(docs|reports)\//, 'a page to read'],
  [/^(?!features\/|fixtures\/images\/).*\.md$/, 'a page to read'],
  [/^fixtures\/mutants\//, 'for npm run mutants'],
  [/_test\.go$/, 'a test'],
  [/^support\/.*\/golden\//, 'for a test'],
  [/^support\/report\/.*\.css$/, 'how the report looks'],
  [/^(biome\.json|vitest\.config\.mts|\.gitignore|LICENSE)$/, 'no run reads it'],
]

/** Why a file that no runbook is known to depend on has no effect on any; nothing, if there is no such reason. */
export function harmlessAs(path: string): string | undefined {
  return harmless.find(([pattern]) => pattern.test(path))?.[1]
}
