import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goodPage } from '../lint/testing/good-page'
import { type TemporaryCheckout, temporaryCheckout } from './checkout'
import { steps } from './steps'

const feature = (name: string) =>
  goodPage({ address: name, check: `Scenario: ${name} works\n  Given it works` })

/** Two runbooks, and a page, in a repository of their own. */
async function repository(): Promise<TemporaryCheckout> {
  const made = temporaryCheckout({
    'features/one.feature': feature('one'),
    'features/two.feature': feature('two'),
    'steps/all.steps.ts': steps,
    'docs/page.md': 'A page.\n',
    '.gitignore': 'node_modules\nreports\nbin\n',
    'reports/gate.json': '{ "verdict": "an earlier one" }',
  })
  await git(made, 'init', '--quiet')
  await git(made, 'add', '--all')
  await git(made, 'commit', '--quiet', '--message', 'all')
  return made
}

async function git(made: TemporaryCheckout, ...args: string[]): Promise<void> {
  const settings = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  const ended = await made.run('git', [...settings, ...args], { GIT_CONFIG_GLOBAL: '/dev/null' })
  expect(ended).toMatchObject({ exitCode: 0 })
}

function gateOf({ folder }: TemporaryCheckout): unknown {
  return JSON.parse(readFileSync(join(folder, 'reports/gate.json'), 'utf8'))
}

describe('runbook run --changed-since', () => {
  it('runs what a change can affect, and says why', async () => {
    using made = await repository()
    writeFileSync(join(made.folder, 'features/two.feature'), `${feature('two')}# changed\n`)
    const { exitCode, output } = await made.runbook('run', '--tags', 'not @slow', '--changed-since', 'HEAD')
    expect(output).toContain('can affect 1 of 2 runbooks:\n  two  features/two.feature itself\n')
    expect(exitCode).toBe(0)
    expect(gateOf(made)).toMatchObject({ verdict: 'passed', scenarios: [{ name: 'two works' }] })
  })

  it('takes names of scenarios that a change can’t affect, and none that nothing bears', async () => {
    using made = await repository()
    writeFileSync(join(made.folder, 'features/two.feature'), `${feature('two')}# changed\n`)
    const named = (...names: string[]) =>
      made.runbook('run', '--changed-since', 'HEAD', ...names.flatMap((name) => ['--name', name]))
    expect(await named('two works', 'one works')).toMatchObject({ exitCode: 0 })
    expect(gateOf(made)).toMatchObject({ scenarios: [{ name: 'two works' }] })
    const refused = await named('two works', 'three works')
    expect(refused).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('title matches three works'),
    })
  })

  it('is green without a scenario when no runbook can be affected, and gate.json says so', async () => {
    using made = await repository()
    writeFileSync(join(made.folder, 'docs/page.md'), 'Another.\n')
    const { exitCode, output } = await made.runbook('run', '--changed-since', 'HEAD')
    expect(output).toContain(
      'can affect none of the 2 runbooks.\n\nNo runbook depends on:\n  docs/page.md: a page',
    )
    expect(output).not.toContain('THE LAB STARTS')
    expect(exitCode).toBe(0)
    const message = expect.stringMatching(
      /^Nothing to run\. 1 changed file since HEAD.*\n\n.*\n {2}docs\/page\.md/,
    )
    const reasons = [{ verdict: 'passed', code: 'RBK_NOTHING_AFFECTED', message }]
    expect(gateOf(made)).toMatchObject({ verdict: 'passed', exitCode: 0, counts: { total: 0 }, reasons })
  })

  it('is misuse with a commit that isn’t there, and nothing runs', async () => {
    using made = await repository()
    const ended = await made.runbook('run', '--changed-since', 'nosuch')
    expect(ended).toMatchObject({ exitCode: 2, output: expect.stringContaining('git knows none by nosuch') })
    expect(ended.output).not.toContain('THE LAB STARTS')
    expect(gateOf(made)).toMatchObject({ verdict: 'misuse', reasons: [{ code: 'RBK_NO_SUCH_COMMIT' }] })
  })

  it('is misuse where there is no repository, with paths besides, or with nothing to explain', async () => {
    using made = temporaryCheckout({ 'features/one.feature': feature('one'), 'steps/all.steps.ts': steps })
    const ended = await made.runbook('run', '--changed-since', 'main')
    expect(ended).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('not a checkout that git knows'),
    })
    const both = await made.runbook('run', 'features/one.feature', '--changed-since', 'main')
    expect(both).toMatchObject({ exitCode: 2, output: expect.stringContaining('Leave the paths out') })
    const neither = await made.runbook('run', '--explain')
    expect(neither).toMatchObject({ exitCode: 2, output: expect.stringContaining('no change was named') })
  })

  it('--explain runs nothing, and leaves an earlier verdict alone', async () => {
    using made = await repository()
    writeFileSync(join(made.folder, 'strange'), 'x')
    const { exitCode, output } = await made.runbook('run', '--changed-since', 'HEAD', '--explain')
    expect(output).toBe(
      '1 changed file since HEAD can affect all 2 runbooks:\n  strange, of which nothing is known',
    )
    expect(exitCode).toBe(0)
    expect(gateOf(made)).toEqual({ verdict: 'an earlier one' })
    expect(existsSync(join(made.folder, 'reports/messages.ndjson'))).toBe(false)
  })
})
