import { describe, expect, it } from 'vitest'
import { goodPage } from '../lint/testing/good-page'
import { temporaryCheckout } from './checkout'
import { steps } from './steps'

function scenario(...lines: readonly string[]): string {
  return goodPage({ check: ['Scenario: one', ...lines.map((line) => `  Given ${line}`)].join('\n') })
}

async function run(feature: string, ...args: string[]) {
  using made = temporaryCheckout({ 'features/one.feature': feature, 'steps/all.steps.ts': steps })
  return await made.runbook('run', ...args)
}

async function runBreaking(hook: string) {
  using made = temporaryCheckout({
    'features/one.feature': scenario('it works'),
    'steps/all.steps.ts': steps,
  })
  return await made.run('node', ['support/cli/bootstrap.cjs', 'run'], { BREAK: hook })
}

describe.concurrent('the exit code of a run whose', () => {
  it.each([
    ['steps pass', scenario('it works'), 0, 'PASSED'],
    ['step throws an error', scenario('it works', 'an error'), 1, 'an error of its own'],
    ['step finds the runbook wrong', scenario('the runbook fails'), 1, 'It did not work'],
    ['lab breaks in a step', scenario('the lab breaks'), 3, 'It did not work'],
    ['step finds the harness misused', scenario('the harness is misused'), 2, 'It did not work'],
    ['step is undefined', scenario('nobody wrote this'), 2, 'no step definition matches “nobody wrote this”'],
    [
      'step is undefined to cucumber only',
      scenario('it is two words'),
      2,
      'Step “it is two words” is not defined.',
    ],
    ['step is pending', scenario('this is pending'), 2, 'Step “this is pending” is not written yet.'],
    [
      'step is ambiguous',
      scenario('it is ambiguous'),
      2,
      'Step “it is ambiguous” matches several definitions.',
    ],
    ['process ends in a step', scenario('the process ends'), 3, 'The run ended before it was finished'],
  ])('%s', async (_, feature, exitCode, message) => {
    const ended = await run(feature)
    expect(ended).toMatchObject({ exitCode, output: expect.stringContaining(message) })
  })

  it('steps would pass, but only in theory', async () => {
    const ended = await run(scenario('it works'), '--dry-run')
    expect(ended).toMatchObject({ exitCode: 2, output: expect.stringContaining('No step was run') })
  })

  it.each([
    ['BeforeAll', 'the first hook fails'],
    ['Before', 'a hook fails'],
    ['AfterAll', 'the last hook fails'],
  ])('%s hook fails', async (hook, message) => {
    expect(await runBreaking(hook)).toMatchObject({ exitCode: 3, output: expect.stringContaining(message) })
  })

  it('report could not be written', async () => {
    const ended = await run(scenario('it works'), '--format', 'message:package.json/x.ndjson')
    expect(ended).toMatchObject({ exitCode: 3 })
  })

  it('verdict comes from a worker', async () => {
    expect(await run(scenario('the lab breaks'), '--parallel', '2')).toMatchObject({ exitCode: 3 })
  })
})
