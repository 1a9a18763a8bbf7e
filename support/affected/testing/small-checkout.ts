import { type Selection, Selector } from '../selection'
import { Tree } from '../tree'

/** The text of a script. */
export const script = (...lines: string[]) => ['#!/bin/bash', ...lines, ''].join('\n')

/** The text of a runbook with one scenario. */
export const feature = (name: string, ...steps: string[]) =>
  [`@runbook:${name}`, `Feature: ${name}`, '  Scenario: one', ...steps.map((step) => `    ${step}`), ''].join(
    '\n',
  )

/** A step with a command block. */
export const block = (...lines: string[]) => [
  'When the operator runs:',
  '  """bash',
  ...lines.map((line) => `  ${line}`),
  '  """',
]

const makers = `
  operator: ({ scenario }) => scenario.operator,
  shell: ({ scenario }) => new Shell(scenario),
  faults: ({ scenario, shell }) => new Faults(scenario, shell),`

/** A checkout in small, by path. */
export const files: Readonly<Record<string, string>> = {
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
  'support/nouns.ts': `import { Faults } from './faults'\nimport { Shell } from './shell'\n
const makers = {${makers}\n} satisfies X`,
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
/** Every runbook of it. */
export const every = ['copy', 'drill', 'plain', 'restore', 'slow']

/**
 * What a change affects there.
 *
 * @param change files that are otherwise than above; those without a text were removed
 */
export function select(
  changed: string | readonly string[],
  change: Readonly<Record<string, string | undefined>> = {},
): Selection {
  const now = Object.entries({ ...files, ...change })
  const removed = now.flatMap(([path, text]) => (text === undefined ? [path] : []))
  const tree = new Tree(
    new Map(now.map(([path, text]) => [path, text ?? files[path] ?? ''])),
    new Set(removed),
  )
  return new Selector(tree).select([changed].flat())
}

/** As `select`: the names of the runbooks that would run. */
export function names(...args: Parameters<typeof select>): readonly string[] {
  const { runbooks, all, picked } = select(...args)
  return (all.length > 0 ? runbooks : picked.map(({ runbook }) => runbook)).map(({ name }) => name)
}
