import { describe, expect, it } from 'vitest'
import { wrongImports } from './imports'
import { trackedFiles } from './tracked'

/** It quotes imports. */
const thisFile = /checks\/imports\.test\.ts$/

describe('imports', () => {
  it('point one way: steps -> world -> support/<noun> -> libraries', () => {
    const sources = trackedFiles().filter(
      ({ path }) => /^(steps|support)\/.*\.(ts|tsx|cjs)$/.test(path) && !thisFile.test(path),
    )
    expect(sources.flatMap(wrongImports)).toEqual([])
  })

  it.each([
    ['steps/shell.steps.ts', "import { When } from '../support/world'", []],
    [
      'steps/shell.steps.ts',
      "import { When } from '@cucumber/cucumber'\nimport type { OpsWorld } from '../support/world'",
      [],
    ],
    [
      'steps/shell.steps.ts',
      "import { run } from '../support/shell/run'",
      ['steps import only World and cucumber'],
    ],
    ['support/shell/run.ts', "import '../../steps/shell.steps'", ['nothing imports steps']],
    [
      'support/shell/run.ts',
      "import { World } from '../world'",
      ['the parts know nothing of what binds them'],
    ],
    [
      'support/hooks.ts',
      "import { OpsWorld } from './world'\nimport { After } from '@cucumber/cucumber'",
      [],
    ],
    [
      'support/shell/run.ts',
      "const c = await import('@cucumber/cucumber')",
      ['only steps, world, hooks and plugins import cucumber'],
    ],
    [
      'support/shell/run.ts',
      "import {\n  type A,\n} from '@cucumber/cucumber/api'",
      ['only steps, world, hooks and plugins import cucumber'],
    ],
    ['support/shell/run.ts', "import type { Envelope } from '@cucumber/messages'", []],
    ['support/report/console.ts', "import type { FormatterPlugin } from '@cucumber/cucumber/api'", []],
    [
      'support/report/console.ts',
      "import { Status } from '@cucumber/cucumber'",
      ['only steps, world, hooks and plugins import cucumber'],
    ],
  ])('%s with %s', (path, text, expected) => {
    expect(wrongImports({ path, text }).map((line) => line.replace(/^.*: /, ''))).toEqual(expected)
  })
})
