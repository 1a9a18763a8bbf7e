import { describe, expect, it } from 'vitest'
import { parseFeatures } from '../report/feature-files'
import { reportOf } from '../report/report'
import { cucumberRun } from '../report/testing/cucumber-run'
import { blockGaps } from './block-gaps'
import { degradedGaps } from './degraded-gaps'

const block = '"""'
const scenario = (title: string, tag = '') =>
  `  ${tag}\n  Scenario: ${title}\n    When the operator runs:\n      ${block}bash\n      do ${title}\n      ${block}\n`

describe('blockGaps', () => {
  it('are the blocks of scenarios that were not green, or did not run', async () => {
    const files = {
      'features/x/y.feature': `@runbook:y\nFeature: y\n${scenario('good')}${scenario('bad')}${scenario('left')}`,
      'outcomes.json': JSON.stringify({
        'do good': { run: { durationMs: 1, exitCode: 0, output: [] } },
        'do bad': { run: { durationMs: 1, exitCode: 1, output: [] } },
      }),
    }
    const { envelopes } = await cucumberRun(files, ['--name', 'good', '--name', 'bad'])
    expect(blockGaps(reportOf(envelopes)).map(({ what, at, why }) => `${at} ${what}: ${why}`)).toEqual([
      'features/x/y.feature:10 block y.2.1: its scenario is failed',
      'features/x/y.feature:16 block y.3.1: its scenario did not run as it is written now',
    ])
  })
})

describe('degradedGaps', () => {
  const report = (tag: string) =>
    reportOf(
      parseFeatures([
        {
          uri: 'features/x/y.feature',
          text: `@runbook:y\nFeature: y\n  **What fails** all of it.\n\n${scenario('a', tag)}`,
        },
      ]).map(({ document }) => ({ gherkinDocument: document })),
    )
  const docs = (...runbooks: string[]) => [{ id: 'degraded-modes', title: '', about: '', runbooks }]

  it('are modes without a scenario under a fault, and modes that the docs leave out', () => {
    expect(degradedGaps(report('@degraded'), docs('y'))).toEqual([])
    expect(degradedGaps(report('@slow'), docs('y')).map(({ why }) => why)).toEqual([
      expect.stringContaining('none of its scenarios is under a fault'),
    ])
    expect(degradedGaps(report('@degraded'), docs('z')).map(({ why }) => why)).toEqual([
      expect.stringContaining('not among the degraded modes'),
    ])
  })
})
