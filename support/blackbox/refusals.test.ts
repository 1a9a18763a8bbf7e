import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goodPage } from '../lint/testing/good-page'
import { type Ended, temporaryCheckout } from './checkout'
import { steps } from './steps'

const good = goodPage({ check: '@slow\nScenario: one\n  Given it works' })
const outline =
  'Scenario Outline: one\n  Given it works:\n    """bash\n    ls /\n    """\n  Examples:\n    | a |\n    | 1 |'

/** A page that is wrong on purpose, beside the good one. */
function bad(check?: string, tags?: string) {
  return {
    'features/bad.feature': goodPage({
      address: 'bad',
      ...(check ? { check } : {}),
      ...(tags ? { tags } : {}),
    }),
  }
}

async function run(files: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  using made = temporaryCheckout({ 'features/good.feature': good, 'steps/all.steps.ts': steps, ...files })
  return await made.runbook('run', ...args)
}

describe.concurrent('nothing is started for', () => {
  it.each([
    [
      "a feature that doesn't parse",
      bad('Scenario: one\n  Given it works\n  Whan it works'),
      [],
      "features/bad.feature:14  this doesn't parse as Gherkin: Whan it works",
    ],
    [
      'an unknown tag',
      bad(undefined, '@degarded'),
      [],
      'features/bad.feature:1  unknown tag @degarded\n                                    did you mean @degraded?  [tags]',
    ],
    [
      'a command block in an outline',
      bad(outline),
      [],
      'features/bad.feature:14  a command block in a Scenario Outline',
    ],
    ['a scenario without steps', bad('Scenario: one'), [], 'would prove nothing'],
    [
      'a page that lacks a part',
      { 'features/bad.feature': bad()['features/bad.feature'].replace('5 If', '4 If') },
      [],
      'no part "5 If it goes wrong"',
    ],
    [
      'tags that select nothing',
      {},
      ['--tags', '@slow and @degraded'],
      'Tags in these files: @persona:operator @read-only @runbook:good @slow',
    ],
    ['an unknown tag to select by', {}, ['--tags', '@nosuch'], '--tags  unknown tag @nosuch'],
    [
      'one of two tags that nobody bears',
      {},
      ['--tags', '@runbook:good or @runbook:goof'],
      '--tags  no scenario bears @runbook:goof',
    ],
    ["a tag expression that doesn't parse", {}, ['--tags', '@slow and'], 'syntax error: Expected operand'],
    ['a name that selects nothing', {}, ['--name', 'nosuch'], '--name  no scenario’s title matches nosuch'],
    [
      'one of two names that no scenario bears',
      {},
      ['--name', '^one$', '--name', 'bee'],
      '--name  no scenario’s title matches bee',
    ],
    ['a path that is not there', {}, ['features/nosuch.feature'], 'features/nosuch.feature  no such feature'],
    [
      'one of two paths that is not there',
      {},
      ['features/good.feature', 'features/nosuch.feature'],
      'features/nosuch.feature  no such feature',
    ],
    ['a folder without features', {}, ['support'], 'support  no feature in it'],
    [
      'a name at another path',
      bad('Scenario: two\n  Given it works'),
      ['features/bad.feature', '--name', 'two', '--name', 'one'],
      '--name  no scenario’s title matches one',
    ],
    [
      'one of two paths that holds no feature',
      {},
      ['features/good.feature', 'steps'],
      'steps  no feature in it',
    ],
    ['a shard before the first', {}, ['--shard', '0/1'], '--shard  there is no shard 0/1'],
    ['a shard behind the last', {}, ['--shard', '2/1'], '--shard  there is no shard 2/1'],
    ['a shard that is no number', {}, ['--shard', 'a/b'], 'the shard option must be in the format'],
    ['no feature at all', { 'features/good.feature': '' }, [], 'no scenario in this file'],
    ['a line without a scenario', {}, ['features/good.feature:2'], 'scenarios begin at 13'],
    [
      "steps that don't load",
      { 'steps/bad.steps.ts': "import './nosuch'\n" },
      [],
      "Cannot find module './nosuch'",
    ],
    ['a mistake in the options', {}, ['--nosuch'], "unknown option '--nosuch'"],
  ])('%s', async (_, files, args, message) => {
    const ended = await run(files, ...args)
    expect(ended).toMatchObject({ exitCode: 2, output: expect.stringContaining(message) })
    expect(ended.output).not.toContain('THE LAB STARTS')
  })
})

describe('gate.json', () => {
  const stale = { 'reports/gate.json': '{ "verdict": "passed", "exitCode": 0 }' }
  const verdictAfter = async (files: Readonly<Record<string, string>>, ...args: string[]) => {
    using made = temporaryCheckout({
      'features/good.feature': good,
      'steps/all.steps.ts': steps,
      ...stale,
      ...files,
    })
    await made.runbook('run', ...args)
    const file = join(made.folder, 'reports/gate.json')
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  }

  it('of an earlier run is not taken for that of a run that was refused', async () => {
    expect(await verdictAfter({}, '--tags', '@slow and @degraded')).toMatchObject({
      verdict: 'misuse',
      exitCode: 2,
      reasons: [{ code: 'RBK_NOTHING_SELECTED' }],
    })
  })

  it('of an earlier run does not outlive one that is ended before its report is written', async () => {
    const lab = `module.exports = {
  type: 'plugin',
  coordinator: () => () => {
    process.kill(process.pid, 'SIGTERM')
    return new Promise((done) => setTimeout(done, 20_000))
  },
}
`
    const defect =
      '@known-defect:S12\nScenario: one\n  **Fails with** It did not work\n\n  Given the runbook fails'
    using made = temporaryCheckout({
      'features/bad.feature': goodPage({ check: defect }),
      'steps/all.steps.ts': steps,
      ...stale,
    })
    expect(await made.runbook('run')).toMatchObject({ exitCode: 0 })
    writeFileSync(join(made.folder, 'lab.cjs'), lab)
    expect(await made.runbook('run')).toMatchObject({ exitCode: 143 })
    expect(existsSync(join(made.folder, 'reports/gate.json'))).toBe(false)
  })

  it('of an earlier run does not outlive an error', async () => {
    expect(await verdictAfter({ 'steps/bad.steps.ts': "import './nosuch'\n" })).toBeUndefined()
    expect(
      await verdictAfter({ 'features/good.feature': good.replace('it works', 'the process ends') }),
    ).toBeUndefined()
  })
})

describe('a lab that does not start', () => {
  it('is told without a stack, with its own exit code', async () => {
    const lab = `require('./support/typescript.cjs')
const { LabBroken } = require('./support/errors.ts')
const { endRun } = require('./support/gate/end-run.ts')
module.exports = {
  type: 'plugin',
  coordinator({ transform }) {
    transform('pickles:order', async () => {
      endRun(new LabBroken('RBK_TEST', { attempted: 'No Docker engine answers', repeat: 'npx runbook doctor' }))
    })
  },
}
`
    const ended = await run({ 'lab.cjs': lab })
    expect(ended).toEqual({
      exitCode: 3,
      signal: undefined,
      output: '\nNo Docker engine answers\n  repeat    npx runbook doctor\n',
    })
  })
})
