import { describe, expect, it } from 'vitest'
import { accountOf } from './account'
import { Selector } from './selection'
import { Tree } from './tree'

const script = (...lines: string[]) => ['#!/bin/bash', ...lines, ''].join('\n')
const feature = (name: string, ...steps: string[]) =>
  [`@runbook:${name}`, `Feature: ${name}`, '  Scenario: one', ...steps.map((step) => `    ${step}`), ''].join(
    '\n',
  )
const block = (...lines: string[]) => [
  'When the operator runs:',
  '  """bash',
  ...lines.map((line) => `  ${line}`),
  '  """',
]
const makers = `
  operator: ({ scenario }) => scenario.operator,
  shell: ({ scenario }) => new Shell(scenario),
  faults: ({ scenario, shell }) => new Faults(scenario, shell),`

/** A checkout in small. */
const files: Readonly<Record<string, string>> = {
  'package.json': '{}',
  'cucumber.js': '',
  'features/a/copy.feature': feature('copy', ...block('kubectl apply -f fixtures/nats/job.yaml')),
  'features/a/restore.feature': feature(
    'restore',
    'Given the shell is open',
    ...block('kubectl exec shell -- restore --list'),
  ),
  'features/b/drill.feature': feature('drill', ...block('kubectl create job --from=cronjob/drill x')),
  'features/b/slow.feature': feature('slow', 'Given NATS is slow'),
  'features/b/plain.feature': feature('plain', ...block('kubectl get pods')),
  'steps/all.steps.ts': `import { Given, When } from '@cucumber/cucumber'
import type { RunbookWorld } from '../support/world'
Given('the shell is open', function (this: RunbookWorld) { this.shell.open() })
When('the operator runs:', function (this: RunbookWorld, script: string) { this.operator.run(script) })`,
  'steps/faults.steps.ts': `Given('NATS is slow', function (this: RunbookWorld) { this.faults.slow() })`,
  'support/world.ts': `import { nouns } from './nouns'`,
  'support/hooks.ts': `import { lane } from './lane'`,
  'support/lane.ts': `import type { Shape } from './shape'\nexport const lane = 1`,
  'support/shape.ts': 'export interface Shape {}',
  'support/nouns.ts': `import { Faults } from './faults'\nimport { Shell } from './shell'\nconst makers = {${makers}\n} satisfies X`,
  'support/shell.ts': `import { apply } from './apply'
export class Shell { open() { apply(join(checkout, 'fixtures', 'nats', 'shell.yaml')) } }`,
  'support/apply.ts': '',
  'support/faults.ts': `import { slow } from './slow'\nimport { cut } from './cut'
export class Faults { slow() { slow() } cut() { cut() } }`,
  'support/slow.ts': '',
  'support/cut.ts': '',
  'support/shell.test.ts': `import { Shell } from './shell'`,
  'support/cli/main.ts': `const load = { run: () => require('./run'), docs: () => require('./docs') }`,
  'support/cli/run.ts': '',
  'support/cli/docs.ts': '',
  'fixtures/images/catalogue.yaml': 'images: { tool: { reference: "tool:1", dockerfile: tool } }',
  'fixtures/images/tool/Dockerfile': '',
  'fixtures/images/tool/copy': script('source "$HERE/lib/both.bash"'),
  'fixtures/images/tool/restore': script('source "$HERE/lib/both.bash"', 'source "$HERE/lib/restoring.bash"'),
  'fixtures/images/tool/lib/both.bash': '# as restoring.bash does\n',
  'fixtures/images/tool/lib/restoring.bash': 'jq --from-file "$HERE/lib/differences.jq"\n',
  'fixtures/images/tool/lib/differences.jq': '.',
  'fixtures/nats/job.yaml': `# Before it: shell.yaml
kind: Job
metadata: { name: copy }
spec: { containers: [{ image: "tool:1", command: [copy], env: [{ name: NATS_USER, value: restore }] }] }
---
kind: CronJob
metadata: { name: drill }
spec: { suspend: true, containers: [{ image: "tool:1", command: [restore, --drill] }] }`,
  'fixtures/nats/shell.yaml':
    'kind: Pod\nmetadata: { name: shell }\nspec: { containers: [{ image: "tool:1", command: [sleep] }] }',
}
const every = ['copy', 'drill', 'plain', 'restore', 'slow']

function select(
  changed: string | readonly string[],
  change: Readonly<Record<string, string | undefined>> = {},
) {
  const now = Object.entries({ ...files, ...change })
  const removed = now.flatMap(([path, text]) => (text === undefined ? [path] : []))
  const tree = new Tree(
    new Map(now.map(([path, text]) => [path, text ?? files[path] ?? ''])),
    new Set(removed),
  )
  return new Selector(tree).select([changed].flat())
}

function names(...args: Parameters<typeof select>): readonly string[] {
  const { runbooks, all, picked } = select(...args)
  return (all.length > 0 ? runbooks : picked.map(({ runbook }) => runbook)).map(({ name }) => name)
}

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

describe('what a command is', () => {
  const runs = (script: string) =>
    names('fixtures/images/tool/restore', { 'support/slow.ts': script }).includes('slow')

  it.each([
    'exec(["restore", "--list"])',
    `exec(\`kubectl exec shell -- restore\${only}\`)`,
    'exec("cd /x && A=1 restore --list")',
    `exec("bash -c 'restore'")`,
    'exec(`list=$(restore --list)`)',
    'exec("/opt/tool/restore")',
  ])('%s runs it', (script) => {
    expect(runs(script)).toBe(true)
  })

  it.each([
    'throw new Broken({ attempted: "restore" })',
    'const env = { NATS_USER: "restore" }',
    'exec("NATS_USER=restore nats stream ls")',
    'say("the restore took too long")',
    'read("restore.json")',
    '// restore --list',
  ])('%s does not', (script) => {
    expect(runs(script)).toBe(false)
  })
})

describe('the account', () => {
  const account = (changed: string | readonly string[]) =>
    accountOf(select(changed), 'main', [changed].flat().length)

  it('has a line for each runbook, with what leads to it', () => {
    expect(account(['fixtures/images/tool/lib/restoring.bash', 'docs/x.md'])).toBe(
      `2 changed files since main can affect 2 of 5 runbooks:
  drill    fixtures/images/tool/lib/restoring.bash, which restore uses, which the CronJob drill runs, which its commands name
  restore  fixtures/images/tool/lib/restoring.bash, which restore uses, which its commands run

No runbook depends on:
  docs/x.md: a page to read`,
    )
    expect(account(['features/b/slow.feature', 'support/slow.ts'])).toBe(
      `2 changed files since main can affect 1 of 5 runbooks:
  slow  features/b/slow.feature itself (and 1 more of the changed files)`,
    )
  })

  it('has one for all of them', () => {
    expect(account('support/lane.ts')).toBe(`1 changed file since main can affect all 5 runbooks:
  support/lane.ts, which hooks.ts imports, which every run uses`)
  })

  it('says why none is', () => {
    expect(
      account(['support/shell.test.ts']),
    ).toBe(`1 changed file since main can affect none of the 5 runbooks.

No runbook depends on:
  support/shell.test.ts: no procedure loads it`)
  })
})
