import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { trackedFiles } from '../checks/tracked'
import { readVocabulary } from '../docs/vocabulary'
import { checkout } from '../lab/home'
import { readMutants } from '../mutants/mutant'
import { placesByAddress, placesOf } from '../mutants/places'
import { dependencies } from './dependencies'
import { beginnings, everyRun, loaded, reporters } from './every-run'
import { isModule, readModule } from './module'
import { runbooksIn } from './runbooks'
import { Selector } from './selection'
import { stepPattern } from './step-pattern'
import { Tree } from './tree'

const tree = new Tree(new Map(trackedFiles().map(({ path, text }) => [path, text])))
const selector = new Selector(tree)

/** The features that a change of a file would run. */
function features(changed: string): string[] {
  const { runbooks, all, picked } = selector.select([changed])
  return (all.length > 0 ? runbooks : picked.map(({ runbook }) => runbook)).map(({ file }) => file)
}

function names(changed: string): readonly string[] | 'all' {
  const { all, picked } = selector.select([changed])
  return all.length > 0 ? 'all' : picked.map(({ runbook }) => runbook.name)
}

describe('no runbook that a change breaks is left out', () => {
  const places = placesByAddress()

  it.each(readMutants().map(({ name, file, caughtBy }) => [name, file, caughtBy] as const))(
    'the mutant %s, in %s, would be caught',
    (_, file, caughtBy) => {
      const catching = placesOf(caughtBy, places).map((place) => place.replace(/:\d+$/, ''))
      expect(features(file)).toEqual(expect.arrayContaining(catching))
    },
  )

  it('since steps are matched as cucumber matches them', async () => {
    const steps = tree.paths
      .filter((path) => /^features\//.test(path))
      .flatMap((path) => runbooksIn(new Tree(new Map([[path, tree.text(path)]]))))
      .flatMap((runbook) => runbook.steps)
    const vocabulary = await readVocabulary()
    const used = vocabulary.filter(({ uses }) => uses > 0).map(({ text }) => text)
    const matched = vocabulary.filter(({ text }) => steps.some((step) => stepPattern(text).test(step)))
    expect(matched.map(({ text }) => text)).toEqual(used)
    const undefinedSteps = steps.filter(
      (step) => !vocabulary.some(({ text }) => stepPattern(text).test(step)),
    )
    expect(undefinedSteps).toEqual([])
  })

  it('since every run begins with what cucumber.js names', () => {
    const { default: profile } = require(join(checkout, 'cucumber.js')) as {
      default: Record<'requireModule' | 'require' | 'plugin', string[]> & { format: Array<string | string[]> }
    }
    const named = [...profile.requireModule, ...profile.require, ...profile.plugin, ...profile.format.flat()]
    const ours = named.map((name) => name.replace(`${checkout}/`, '').replace('./', ''))
    const known: readonly string[] = [...beginnings, ...reporters, 'steps/**/*.steps.ts', 'reports/.opened']
    expect(ours.filter((name) => !known.includes(name))).toEqual([])
  })

  it('since what a run loads is named where it is loaded', () => {
    const graph = dependencies(tree, runbooksIn(tree))
    const reached = new Set([...graph.reach(everyRun).keys(), ...graph.reach(loaded).keys()])
    const modules = tree.paths.filter((path) => isModule(path) && reached.has(path))
    expect(modules.length).toBeGreaterThan(100)
    // It loads cucumber.
    expect(modules.filter((path) => readModule(path, tree).loadsComputed)).toEqual(['support/cli/run.ts'])
  })

  it('since every fixture is somebody’s', () => {
    const operated = tree.under('fixtures/nats').concat(tree.under('fixtures/images/nats-backup'))
    expect(operated.filter((path) => features(path).length === 0)).toEqual([])
  })
})

describe('a change affects', () => {
  it.each([
    ...['package-lock.json', 'cucumber.js', 'support/world.ts', 'support/hooks.ts', 'support/scenario.ts'],
    ...['support/lab/baseline-parts.ts', 'support/shell/supervise.pl', 'support/gate/judge-attempt.ts'],
    ...['support/report/record.ts', 'support/affected/selection.ts', 'fixtures/nats/nats.yaml'],
    ...[
      'fixtures/images/nats-backup/Dockerfile',
      'fixtures/images/toolbox/bashrc',
      'fixtures/images/catalogue.yaml',
    ],
    ...['fixtures/images/nats-backup/backup', 'fixtures/images/nats-backup/lib/nats.bash', '.ci/run'],
  ])('all runbooks: %s', (path) => {
    expect(tree.has(path)).toBe(true)
    expect(names(path)).toBe('all')
  })

  it.each([
    ...[
      'support/report/page/page.tsx',
      'support/report/page/css/base.css',
      'support/report/golden/passed.html',
    ],
    ...[
      'support/report/formatter.ts',
      'support/existing-cluster/place.ts',
      'support/terminal/list.ts',
      'support/docs/coverage.ts',
      'docs/catalogue.yaml',
    ],
    ...[
      'support/lab/lock.test.ts',
      'support/mutants/mutant.ts',
      'support/cli/doctor.ts',
      'README.md',
      'biome.json',
    ],
    ...['fixtures/images/go/minio/cmd/iam-adapter/lab_test.go', 'fixtures/mutants/README.md'],
  ])('none: %s', (path) => {
    expect(tree.has(path)).toBe(true)
    expect(names(path)).toEqual([])
  })

  it('just those that have to do with it', () => {
    expect(names('features/nats-restore/restore-drill.feature')).toEqual(['restore-drill'])
    const slow = names('support/faults/nats-slow.ts')
    expect(slow).toContain('nats-unavailable')
    expect(slow).not.toContain('restore-one-stream')
    const restoring = names('fixtures/images/nats-backup/lib/restoring.bash')
    expect(restoring).toEqual(names('fixtures/images/nats-backup/restore'))
    expect(restoring).toContain('restore-one-stream')
    expect(restoring).not.toContain('backup-retention')
    expect(names('fixtures/images/nats-backup/lib/health.bash')).not.toContain('restore-one-stream')
  })
})
