import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'
import { beforeAll, describe, expect, it } from 'vitest'
import { judge } from '../gate/judge'
import type { Report } from './model'
import { reportOf } from './report'
import { scenariosOf } from './report-parts'
import { asOneRun, separated } from './runs'
import { cucumberRun } from './testing/cucumber-run'

const feature = (outcomes: { a: string; b: string; c?: string }) => ({
  'features/x/y.feature': `@runbook:y
Feature: Y
  Rule: 1 Check
    Scenario: a
      Given a stream
      When the operator runs:
        """bash
        do a
        """

    Scenario: b
      Given a stream
      When the operator runs:
        """bash
        do b
        """
`,
  'features/x/z.feature': `@runbook:z
Feature: Z
  Scenario: c
    When the operator runs:
      """bash
      do c
      """
`,
  'outcomes.json': JSON.stringify(
    Object.fromEntries(
      Object.entries(outcomes).map(([name, text]) => [
        `do ${name}`,
        {
          run: {
            durationMs: 5,
            exitCode: text === 'fails' ? 1 : 0,
            output: [{ stream: 'stdout', text }],
          },
        },
      ]),
    ),
  ),
})

async function run(outcomes: Parameters<typeof feature>[0], ...args: string[]): Promise<Envelope[]> {
  return (await cucumberRun(feature(outcomes), args)).envelopes
}

/** As a process would that numbers its own things from 0. */
function numbered(envelopes: readonly Envelope[]): Envelope[] {
  const numbers = new Map<string, string>()
  const uuid = /"([0-9a-f]{8}-[0-9a-f-]{27})"/g
  const text = JSON.stringify(envelopes).replaceAll(uuid, (_, id: string) => {
    const number = numbers.get(id) ?? `${numbers.size}`
    numbers.set(id, number)
    return `"${number}"`
  })
  return JSON.parse(text) as Envelope[]
}

/** What was seen of each scenario, and of its command. */
function told(report: Report): string[] {
  return scenariosOf(report).map(({ address, state, steps, attempts }) => {
    const output = steps.flatMap((step) =>
      step.commands.flatMap(({ ran }) => ran?.output.map(({ text }) => text) ?? []),
    )
    const keywords = steps.map(({ keyword }) => keyword).join(' ')
    return `${address} ${state}, ${keywords}: ${output.join() || '-'}${attempts.length > 0 ? ', tried before' : ''}`
  })
}

describe('shards of one suite', () => {
  let shards: Envelope[][]
  beforeAll(async () => {
    const outcomes = { a: 'first', b: 'fails', c: 'third' }
    shards = [await run(outcomes, '--shard', '1/2'), await run(outcomes, '--shard', '2/2')]
  })

  it('are one report and one verdict', () => {
    const [one = [], two = []] = shards
    const report = reportOf([...one, ...two])
    expect(told(report)).toEqual([
      'y.1.1 passed, Given When: first',
      'y.1.2 failed, Given When: fails',
      'z.1 passed, When: third',
    ])
    expect(report.run).toMatchObject({
      verdict: 'failed',
      exitCode: 1,
      counts: { total: 3, passed: 2, failed: 1 },
    })
    expect(judge([...two, ...one]).counts).toEqual(report.run.counts)
  })

  it('may have the same ids for other things', () => {
    const [one = [], two = []] = shards.map(numbered)
    expect(one.find(({ testRunStarted }) => testRunStarted)?.testRunStarted?.id).toMatch(/^\d+$/)
    expect(told(reportOf([...one, ...two]))).toEqual(told(reportOf(shards.flat())))
  })

  it('say what was to be run and never was', () => {
    const [one = [], two = []] = shards
    const killed = two.slice(
      0,
      two.findIndex(({ testCaseStarted }) => testCaseStarted),
    )
    const { run } = reportOf([...one, ...killed])
    expect(run.verdict).not.toBe('passed')
    expect(run.reasons.map(({ code }) => code)).toContain('RBK_RUN_UNFINISHED')
    expect(run.reasons.map(({ code }) => code)).toContain('RBK_NEVER_RAN')
  })

  it('took as long as from the first beginning to the last end, where they ran at the same time', () => {
    const [one = []] = shards
    const { run } = reportOf([...one, ...numbered(one)])
    expect(run.durationMs).toBe(reportOf(one).run.durationMs)
  })
})

describe('several runs', () => {
  let early: Envelope[]
  let late: Envelope[]
  beforeAll(async () => {
    early = await run({ a: 'old', b: 'fails', c: 'old' })
    late = await run({ a: 'new', b: 'new' }, 'features/x/y.feature')
  })

  const expected = [
    'y.1.1 passed, Given When: new',
    'y.1.2 passed, Given When: new, tried before',
    'z.1 passed, When: old',
  ]

  it('tell of a scenario what the latest of them saw, in whatever order they are given', () => {
    for (const both of [
      [early, late],
      [late, early],
      [numbered(late), numbered(early)],
    ]) {
      const report = reportOf(both.flat())
      expect(told(report)).toEqual(expected)
      expect(report.run).toMatchObject({ verdict: 'passed', counts: { total: 3, passed: 3 } })
    }
  })

  it('count what failed before it passed as an attempt, if nothing has changed', () => {
    const { counts, verdict } = reportOf([...numbered(late), ...numbered(early)]).run
    expect({ verdict, counts }).toMatchObject({ verdict: 'passed', counts: { passed: 3, flaky: 1 } })
    expect(judge([...early, ...early, ...late], 0).reasons).toMatchObject([{ code: 'RBK_FLAKY' }])
    // Of other files, of another text, or without a verdict, a failure says nothing of these.
    const ranWith = (run: readonly Envelope[], body: string) => {
      const files: Envelope = {
        attachment: {
          mediaType: 'text/vnd.runbook.files',
          body,
          contentEncoding: AttachmentContentEncoding.IDENTITY,
        },
      }
      return run.flatMap((envelope) => (envelope.meta ? [envelope, files] : [envelope]))
    }
    expect(judge([...ranWith(early, 'a'), ...ranWith(late, 'a')]).counts.flaky).toBe(1)
    expect(judge([...ranWith(early, 'a'), ...ranWith(late, 'b')]).counts.flaky).toBe(0)
    const reworded = early.map((envelope) =>
      envelope.source ? { source: { ...envelope.source, data: `# ${envelope.source.data}` } } : envelope,
    )
    expect(judge([...reworded, ...late]).counts.flaky).toBe(0)
    const unfinished = early.filter(({ testCaseFinished }) => !testCaseFinished)
    expect(judge([...unfinished, ...late]).counts.flaky).toBe(0)
  })

  it('don’t hide that the latest never got to a scenario', () => {
    const begun = late.filter(({ testCaseStarted }) => testCaseStarted).at(-1)?.testCaseStarted?.id ?? ''
    const cut = late.slice(
      0,
      late.findIndex(({ testCaseStarted }) => testCaseStarted?.id === begun),
    )
    const { run } = reportOf([...early, ...cut])
    expect(run).toMatchObject({ verdict: 'inconclusive' })
    expect(run.reasons.find(({ code }) => code === 'RBK_NEVER_RAN')).toMatchObject({ scenario: 'b' })
  })

  it('forget a run of which nothing counts any more, and whatever was wrong with it', async () => {
    const broken = (await run({ a: 'old', b: 'old' }, 'features/x/y.feature')).filter(
      ({ testRunFinished }) => !testRunFinished,
    )
    expect(reportOf(broken).run.verdict).toBe('inconclusive')
    const again = await run({ a: 'new', b: 'new', c: 'new' })
    expect(reportOf([...broken, ...again]).run).toMatchObject({ verdict: 'passed', counts: { total: 3 } })
  })

  it('took no longer than they ran, whatever lay between them', () => {
    const day = 24 * 3600
    const moved = JSON.parse(
      JSON.stringify(late).replaceAll(
        /"seconds":(\d{9,})/g,
        (_, seconds) => `"seconds":${Number(seconds) + day}`,
      ),
    ) as Envelope[]
    const { durationMs = 0 } = reportOf([...early, ...moved]).run
    const sum = (reportOf(early).run.durationMs ?? 0) + (reportOf(late).run.durationMs ?? 0)
    expect(durationMs).toBeCloseTo(sum, 0)
  })

  it('once made one, stay so', () => {
    const once = asOneRun([...numbered(late), ...numbered(early)])
    expect(asOneRun(once)).toEqual(once)
    expect(separated(once)).toHaveLength(2)
  })

  it('of one run are left as they are', () => {
    expect(asOneRun(early)).toBe(early)
  })
})
