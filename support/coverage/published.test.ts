import { describe, expect, it } from 'vitest'
import { reportOf } from '../report/report'
import { cucumberRun } from '../report/testing/cucumber-run'
import { blocks } from './blocks'
import { degradedModes } from './degraded-modes'

const block = '"""'
const scenario = (title: string, given = '') =>
  `\n  Scenario: ${title}\n${given}    When the operator runs:\n      ${block}bash\n      do ${title}\n      ${block}\n`

describe('blocks', () => {
  it('are gaps in scenarios that were not green, or did not run', async () => {
    const files = {
      'features/x/y.feature': `@runbook:y\nFeature: y\n${scenario('good')}${scenario('bad')}${scenario('left')}`,
      'outcomes.json': JSON.stringify({
        'do good': { run: { durationMs: 1, exitCode: 0, output: [] } },
        'do bad': { run: { durationMs: 1, exitCode: 1, output: [] } },
      }),
    }
    const { envelopes } = await cucumberRun(files, ['--name', 'good', '--name', 'bad'])
    expect(blocks(reportOf(envelopes)).map(({ what, at, gap }) => `${at} ${what}: ${gap}`)).toEqual([
      'features/x/y.feature:4 block y.1.1: undefined',
      'features/x/y.feature:10 block y.2.1: its scenario is failed',
      'features/x/y.feature:16 block y.3.1: its scenario did not run as it is written now',
    ])
  })
})

describe('degradedModes', () => {
  const fault = '    Given the fault "S3 down" comes and goes\n'
  const report = async (given: string, exitCode = 0) => {
    const files = {
      'features/x/y.feature': `@runbook:y\nFeature: y\n  **What fails** all of it.\n\n${scenario('a', given)}`,
      'outcomes.json': JSON.stringify({ 'do a': { run: { durationMs: 1, exitCode, output: [] } } }),
    }
    return reportOf((await cucumberRun(files)).envelopes)
  }
  const docs = (...runbooks: string[]) => [{ id: 'degraded-modes', title: '', about: '', runbooks }]
  const gaps = async (given: string, exitCode: number, ...listed: string[]) =>
    degradedModes(await report(given, exitCode), docs(...listed)).flatMap(({ gap }) => gap ?? [])

  it('are gaps without a green scenario under a fault, and where docs and runbooks differ', async () => {
    const none = expect.stringContaining('none of its scenarios was green under a fault')
    expect(await gaps(fault, 0, 'y')).toEqual([])
    expect(await gaps('', 0, 'y')).toEqual([none])
    expect(await gaps(fault, 1, 'y')).toEqual([none])
    expect(await gaps(fault, 0)).toEqual([expect.stringContaining('not among the degraded modes')])
    expect(await gaps(fault, 0, 'y', 'z')).toEqual([expect.stringContaining('no runbook of that address')])
  })
})
