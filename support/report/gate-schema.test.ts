import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { flawsBy, type Schema } from '../schema'
import { gateFile } from './gate-file'
import { leftOutMessage } from './left-out-message'
import { reportOf } from './report'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'
import { verdicts } from './testing/verdicts'

const flaws = flawsBy(JSON.parse(readFileSync(join(checkout, 'docs', 'gate.schema.json'), 'utf8')) as Schema)

describe('docs/gate.schema.json', () => {
  it.each([
    ['a run with a failure', sample],
    ['a run with every verdict', verdicts],
  ])('says how the file of %s looks', async (_, files) => {
    const written = JSON.parse(JSON.stringify(gateFile(reportOf((await cucumberRun(files)).envelopes))))
    expect(flaws(written, 'gate')).toEqual([])
  })

  it('says how the file of a run looks that left something out', async () => {
    const { envelopes } = await cucumberRun(sample)
    const report = reportOf([
      ...envelopes,
      leftOutMessage('left out, it is @degraded: features/x.feature:12'),
    ])
    const written = JSON.parse(JSON.stringify(gateFile(report)))
    expect(written.leftOut).toHaveLength(1)
    expect(flaws(written, 'gate')).toEqual([])
  })

  it('is looked at by a test that can fail', () => {
    expect(flaws({ verdict: 'fine', more: 1 }, 'gate')).toEqual([
      'gate: lacks exitCode',
      'gate: lacks counts',
      'gate: lacks reasons',
      'gate: lacks scenarios',
      'gate: lacks startedAt',
      'gate: lacks finishedAt',
      'gate: lacks versions',
      'gate.verdict: "fine" is not allowed',
      'gate.more: is not in the schema',
    ])
  })
})
