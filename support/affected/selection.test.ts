import { describe, expect, it } from 'vitest'
import { block, every, feature, files, names, script, select } from './testing/small-checkout'

describe('a change affects', () => {
  it.each<[string, string, readonly string[]]>([
    ['the runbook that it is in', 'features/a/copy.feature', ['copy']],
    ['whoever uses a step of the file', 'steps/faults.steps.ts', ['slow']],
    [
      'whoever uses a verb of the noun, or one that is given the noun',
      'support/shell.ts',
      ['restore', 'slow'],
    ],
    ['whoever uses a module that a verb needs', 'support/slow.ts', ['slow']],
    ['and what the noun needs', 'support/apply.ts', ['restore', 'slow']],
    [
      'whoever applies the manifest by a block, or starts what it defines',
      'fixtures/nats/job.yaml',
      ['copy', 'drill'],
    ],
    ['or by a verb', 'fixtures/nats/shell.yaml', ['restore', 'slow']],
    [
      'whoever runs the script, by a block, or by a Job that waits for it',
      'fixtures/images/tool/restore',
      ['drill', 'restore'],
    ],
    ['and what it sources', 'fixtures/images/tool/lib/restoring.bash', ['drill', 'restore']],
    ['and what that reads', 'fixtures/images/tool/lib/differences.jq', ['drill', 'restore']],
    [
      'whoever runs one of several scripts',
      'fixtures/images/tool/lib/both.bash',
      ['copy', 'drill', 'restore'],
    ],
    ['whoever runs what a manifest runs', 'fixtures/images/tool/copy', ['copy']],
    ['everyone, of what every run uses', 'package.json', every],
    ['everyone, of what the hooks import', 'support/lane.ts', every],
    ['everyone, of where nouns are made', 'support/nouns.ts', every],
    ['everyone, of what is loaded and used by nobody known', 'support/cut.ts', every],
    ['nobody, of types', 'support/shape.ts', []],
    ['nobody, of a test', 'support/shell.test.ts', []],
    ['nobody, of a command line that isn’t run’s', 'support/cli/docs.ts', []],
    ['nobody, of a page', 'docs/saas/x.md', []],
  ])('%s: %s', (_, changed, expected) => {
    expect(names(changed)).toEqual(expected)
  })

  it.each([
    'fixtures/velero/new.yaml',
    'tools/new.sh',
    'features/x.txt',
    'features/x.md',
    '.ci/run',
    'steps/new.ts',
  ])('everyone, where nothing is known of %s', (path) => {
    expect(names(path, { [path]: 'new' })).toEqual(every)
    expect(select(path, { [path]: 'new' }).all[0]?.instead).toBe('of which nothing is known')
  })

  it('whoever still names what is gone', () => {
    const gone = { 'support/slow.ts': undefined, 'fixtures/images/tool/lib/restoring.bash': undefined }
    expect(names(Object.keys(gone), gone)).toEqual(['drill', 'restore', 'slow'])
  })

  it('nobody, of a runbook that is gone', () => {
    const { picked, all, harmless } = select('features/a/copy.feature', {
      'features/a/copy.feature': undefined,
    })
    expect([picked, all, harmless]).toEqual([[], [], [{ file: 'features/a/copy.feature', why: 'removed' }]])
  })

  it('everyone, as soon as one of several files does', () => {
    expect(names(['features/a/copy.feature', 'docs/x.md', 'package.json'])).toEqual(every)
  })
})

describe('more than is certain is taken for a dependency', () => {
  it('where a step has no definition any more', () => {
    const lost = { 'steps/faults.steps.ts': `Given('NATS is slower', function () { this.faults.slow() })` }
    expect(names('steps/all.steps.ts', lost)).toContain('slow')
  })

  it('where a definition hands the World on, or its pattern is computed', () => {
    const handed = { 'steps/faults.steps.ts': `Given('NATS is slow', function () { slowDown(this) })` }
    expect(names('support/cut.ts', handed)).toEqual(['slow'])
    const computed = { 'steps/faults.steps.ts': `Given(text, function () { this.faults.slow() })` }
    expect(select('support/slow.ts', computed).picked).toHaveLength(every.length)
  })

  it('where a file of steps holds a hook', () => {
    const hook = `${files['steps/faults.steps.ts']}\nBefore(() => lookAround())`
    expect(names('steps/faults.steps.ts', { 'steps/faults.steps.ts': hook })).toEqual(every)
  })

  it('where a script sources what it computes', () => {
    const computed = {
      'fixtures/images/tool/copy': script('for each in "$HERE"/lib/*; do', '  source "$each"', 'done'),
    }
    expect(names('fixtures/images/tool/lib/restoring.bash', computed)).toEqual(['copy', 'drill', 'restore'])
  })

  it('where a manifest isn’t whole, or leaves the command to its image', () => {
    expect(names('fixtures/images/tool/restore', { 'fixtures/nats/job.yaml': 'kind: [' })).toContain('copy')
    const silent = 'kind: Pod\nmetadata: { name: shell }\nspec: { containers: [{ image: "tool:1" }] }'
    expect(names('fixtures/images/tool/copy', { 'fixtures/nats/shell.yaml': silent })).toEqual([
      'copy',
      'restore',
      'slow',
    ])
  })

  it('where a folder is named, or the rest of a path is computed', () => {
    const whole = {
      'features/b/plain.feature': feature('plain', ...block('kubectl apply -f fixtures/nats/')),
    }
    expect(names('fixtures/nats/shell.yaml', whole)).toContain('plain')
    const partly = {
      'features/b/plain.feature': feature('plain', ...block('kubectl apply -f fixtures/nats/sh$X.yaml')),
    }
    expect(names('fixtures/nats/shell.yaml', partly)).toContain('plain')
    const read = { 'support/slow.ts': `readFileSync(join(checkout, 'fixtures', 'nats', name))` }
    expect(names('fixtures/nats/job.yaml', read)).toEqual(['copy', 'drill', 'slow'])
  })

  it('where nouns are made in a way that isn’t known', () => {
    expect(
      names('support/cut.ts', {
        'support/nouns.ts': `import { Faults } from './faults'\nexport default Faults`,
      }),
    ).toEqual(every)
    const careful = files['support/nouns.ts']?.replace(
      'new Faults(scenario, shell)',
      'careful(new Faults(scenario))',
    )
    expect(names('support/cut.ts', { 'support/nouns.ts': careful })).toEqual(['slow'])
    const given = careful?.replace('({ scenario, shell }) => careful', '(all) => careful')
    expect(names('support/shell.ts', { 'support/nouns.ts': given })).toEqual(['restore', 'slow'])
  })
})
