import type { Envelope } from '@cucumber/messages'
import { beforeAll, describe, expect, it } from 'vitest'
import { readRun } from '../report/record'
import { cucumberRun } from '../report/testing/cucumber-run'
import { verdicts } from '../report/testing/verdicts'
import { judge } from './judge'
import { judgeAttempt } from './judge-attempt'

const green = {
  'features/x/green.feature': `@runbook:green
Feature: Green
  Scenario: Two and two
    Given a stream
`,
}

describe('a scenario’s verdict', () => {
  let envelopes: readonly Envelope[]
  beforeAll(async () => {
    envelopes = (await cucumberRun(verdicts)).envelopes
  })

  it('is what its title says, for every way to end', () => {
    const attempts = readRun(envelopes).attempts
    const wrong = attempts.flatMap((attempt) => {
      const { verdict, code, message } = judgeAttempt(attempt)
      return attempt.pickle.name.startsWith(`${verdict}:`)
        ? []
        : [`${attempt.pickle.name} -> ${verdict} ${code} ${message}`]
    })
    expect(wrong).toEqual([])
    expect(attempts.length).toBeGreaterThan(25)
  })

  it('is no known defect where the run ended before the scenario did', () => {
    const known = readRun(envelopes).attempts.filter(
      (attempt) => judgeAttempt(attempt).verdict === 'known defect',
    )
    const cut = known.map(({ finishedAt: _, ...rest }) => judgeAttempt(rest).code)
    expect(new Set(cut)).toEqual(new Set(['RBK_UNFINISHED']))
  })

  it('is counted once, and every one that is not passed is a reason', () => {
    const { counts, reasons, verdict, exitCode } = judge(envelopes)
    const titles = readRun(envelopes).attempts.map((attempt) => attempt.pickle.name.split(':')[0])
    for (const each of ['passed', 'failed', 'misuse', 'inconclusive', 'known defect'] as const) {
      expect(counts[each]).toBe(titles.filter((title) => title === each).length)
    }
    expect(reasons).toHaveLength(counts.total - counts.passed)
    expect({ verdict, exitCode }).toEqual({ verdict: 'failed', exitCode: 1 })
  })

  it('says in a reason what went wrong and where', () => {
    expect(judge(envelopes).reasons.find((reason) => reason.code === 'RBK_UNCLAIMED_EXIT')).toEqual({
      verdict: 'failed',
      code: 'RBK_UNCLAIMED_EXIT',
      message: 'No step claims how the command ended (exit 6): unclaimed',
      scenario: 'failed: a non-zero exit that nobody claims',
      where: expect.stringMatching(/^features\/gate\/verdicts\.feature:\d+$/),
    })
  })
})

describe('procedures that pass only when they are tried again', () => {
  const unsteady = (count: number) => ({
    'features/x/unsteady.feature': `Feature: Unsteady\n${Array.from(
      { length: count },
      (_, index) => `  Scenario: number ${index}\n    Given it works the second time, ${index}\n`,
    ).join('')}`,
  })
  const run = async (count: number) => judge((await cucumberRun(unsteady(count), ['--retry', '1'])).envelopes)

  it('are counted', async () => {
    expect(await run(2)).toMatchObject({ verdict: 'passed', exitCode: 0, counts: { passed: 2, flaky: 2 } })
  })

  it('make a run inconclusive when they are more than the site allows', async () => {
    const { envelopes } = await cucumberRun(unsteady(2), ['--retry', '1'])
    expect(judge(envelopes, 1)).toMatchObject({ exitCode: 3, reasons: [{ code: 'RBK_FLAKY' }] })
    expect(judge(envelopes, 2)).toMatchObject({ exitCode: 0 })
  })

  it('make a run inconclusive when they are more than a few', async () => {
    const { verdict, reasons } = await run(4)
    expect(verdict).toBe('inconclusive')
    expect(reasons).toMatchObject([{ code: 'RBK_FLAKY', message: expect.stringContaining('number 3') }])
  })
})

describe('a run’s verdict', () => {
  let complete: readonly Envelope[]
  beforeAll(async () => {
    complete = (await cucumberRun(green)).envelopes
  })

  const without = (key: keyof Envelope) => complete.filter((envelope) => !(key in envelope))
  const codes = (envelopes: readonly Envelope[]) => judge(envelopes).reasons.map((reason) => reason.code)

  it('is passed for a complete green run, and only for that', () => {
    expect(judge(complete)).toMatchObject({ verdict: 'passed', exitCode: 0, reasons: [] })
    for (let cut = 0; cut < complete.length; cut += 1)
      expect(judge(complete.slice(0, cut)).exitCode).not.toBe(0)
  })

  it.each([
    'testRunFinished',
    'testRunStarted',
    'testCaseFinished',
    'testCaseStarted',
    'testStepFinished',
    'testCase',
    'pickle',
    'meta',
  ] as const)('is not passed without its %s message', (key) =>
    expect(judge(without(key)).exitCode).not.toBe(0),
  )

  it('is not passed for want of any one message, though a known defect is a reason already', async () => {
    const { envelopes } = await cucumberRun({
      'features/x/two.feature': `Feature: Two
  @known-defect:RBK-1
  Scenario: known
    **Fails with** as ever

    Given it throws RunbookFailed:
      """
      as ever
      """
  Scenario: new
    Given it throws RunbookFailed:
      """
      not yet seen
      """
`,
    })
    expect(judge(envelopes)).toMatchObject({ exitCode: 1, counts: { 'known defect': 1, failed: 1 } })
    const green = envelopes.filter((_, lost) => judge(envelopes.toSpliced(lost, 1)).exitCode === 0)
    expect(green).toEqual([])
  })

  it('is misuse when nothing ran', async () => {
    expect(judge([])).toMatchObject({ verdict: 'misuse', exitCode: 2 })
    const { envelopes, exitCode } = await cucumberRun(green, ['--tags', '@nothing'])
    expect(exitCode).toBe(0)
    expect(judge(envelopes)).toMatchObject({
      verdict: 'misuse',
      exitCode: 2,
      reasons: [{ code: 'RBK_NOTHING_RAN' }],
    })
  })

  it('is misuse when a feature does not parse', async () => {
    const { envelopes } = await cucumberRun({
      ...green,
      'features/x/broken.feature': 'Feature: a\n  Scenario: b\n    Given c\n    nonsense\n',
    })
    expect(judge(envelopes)).toMatchObject({ verdict: 'misuse', exitCode: 2 })
    expect(codes(envelopes)).toContain('RBK_PARSE_ERROR')
  })

  it('is misuse for a dry run', async () => {
    const { envelopes, exitCode } = await cucumberRun(green, ['--dry-run'])
    expect(exitCode).toBe(0)
    expect(judge(envelopes)).toMatchObject({
      verdict: 'misuse',
      exitCode: 2,
      reasons: [{ code: 'RBK_DRY_RUN' }, {}],
    })
  })

  it('is inconclusive when the set-up of the run failed', async () => {
    const { envelopes } = await cucumberRun(green, [], { BREAK_BEFORE_ALL: 'yes' })
    expect(judge(envelopes)).toMatchObject({ verdict: 'inconclusive', exitCode: 3 })
    expect(judge(envelopes).reasons[0]?.message).toBe('The lab did not come up')
  })

  it('is inconclusive when cucumber says it failed and nothing says why', () => {
    const envelopes = complete.map((envelope) =>
      envelope.testRunFinished
        ? { testRunFinished: { ...envelope.testRunFinished, success: false } }
        : envelope,
    )
    expect(codes(envelopes)).toEqual(['RBK_UNEXPLAINED'])
  })

  it('counts a retried scenario by its last attempt', async () => {
    const flaky = {
      'features/x/flaky.feature': 'Feature: F\n  Scenario: S\n    Then it passes the second time\n',
    }
    const { envelopes } = await cucumberRun(flaky, ['--retry', '1'])
    expect(judge(envelopes)).toMatchObject({ verdict: 'passed', counts: { passed: 1, total: 1 } })
  })

  it('is that of all the shards together', async () => {
    const red = await cucumberRun({
      'features/x/red.feature': 'Feature: R\n  Scenario: S\n    Given nobody wrote it\n',
    })
    expect(judge([...complete, ...red.envelopes])).toMatchObject({
      verdict: 'misuse',
      counts: { passed: 1, misuse: 1 },
    })
    const cut = red.envelopes.filter((envelope) => !envelope.testRunFinished)
    expect(codes([...complete, ...cut])).toContain('RBK_RUN_UNFINISHED')
  })
})
