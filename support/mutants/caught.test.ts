import { beforeAll, describe, expect, it } from 'vitest'
import { RunbookFailed } from '../errors'
import { ActiveFault } from '../faults/fault'
import { catchersOf, type ScenarioEnd, scenarioEnds } from './caught'

const scenario = (address: string, line: number, verdict: string) => ({
  address,
  name: address,
  uri: 'features/x.feature',
  line,
  verdict,
  attempts: 1,
  durationMs: 1,
  waitedMs: 0,
})
const reason = (line: number, verdict: 'failed' | 'inconclusive', message: string) => ({
  verdict,
  code: 'RBK_STEP_FAILED',
  message,
  where: `features/x.feature:${line}`,
})

const tooSmall = new RunbookFailed('RBK_STEP_FAILED', {
  attempted: 'The archive of Job now-20261128-061146 is empty',
  expected: 'streams:\nAUDIT',
  got: 'none',
})

describe('a mutant is caught', () => {
  let told: Error
  let ends: ReadonlyMap<string, ScenarioEnd>
  beforeAll(async () => {
    const nothing = async () => undefined
    const proveInForce = async () => Promise.reject(new Error('S3 answers'))
    const fault = { name: 'S3', inject: nothing, proveInForce, heal: nothing, proveHealed: async () => '' }
    told = await ActiveFault.inject(fault).then(
      () => new Error('it took'),
      (thrown: Error) => thrown,
    )
    ends = scenarioEnds({
      scenarios: [
        scenario('x.1.1', 1, 'passed'),
        scenario('x.1.2', 2, 'failed'),
        scenario('x.1.3', 3, 'inconclusive'),
        scenario('x.1.4', 4, 'inconclusive'),
      ],
      reasons: [
        { verdict: 'inconclusive', code: 'RBK_FLAKY' },
        reason(2, 'failed', tooSmall.message),
        reason(3, 'inconclusive', 'The lane died: MinIO is gone'),
        reason(4, 'inconclusive', told.message),
      ],
    })
  })
  const caughtBy = ['x.1.1', 'x.1.2', 'x.1.3', 'x.1.4', 'x.1.5']

  it('by scenarios that fail', () => {
    expect(catchersOf({ caughtBy, as: 'failed' }, ends)).toEqual([
      { address: 'x.1.2', said: 'The archive of Job now-TIME is empty; expected: streams:' },
    ])
  })

  it('if it is a fault’s, by those in which the fault did not take, not by a lab that broke', () => {
    expect(catchersOf({ caughtBy, as: 'inconclusive' }, ends)).toEqual([
      { address: 'x.1.4', said: told.message.split('\n')[0] },
    ])
  })
})
