import { describe, expect, it } from 'vitest'
import type { CommandRun } from '../attachment'
import type { Report, ScenarioReport, State } from '../model'
import { scenariosOf } from '../report-parts'
import { type History, noHistory, readHistory, writeHistory } from './history'
import { withHistory } from './past'
import { remember } from './remember'
import { usualDurations } from './usual-durations'

const address = 'quick-start.2.1'

/** A run of one procedure. */
function run(day: number, state: State, { script = 'backup', ms = 1000 } = {}): Report {
  const at = new Date(Date.UTC(2026, 0, day)).toISOString()
  const scenario: ScenarioReport = {
    ...{ address, title: 'Take a backup', uri: 'x.feature', line: 1, tags: [], prose: '', state },
    ...(state === 'not run' ? {} : { startedAt: at, durationMs: ms }),
    ...{ faults: [], attempts: [] },
    steps: [
      {
        ...{ keyword: 'When', text: 'the operator runs:', status: state === 'passed' ? 'passed' : 'failed' },
        commands: [
          { address: `${address}.1`, script, effect: { level: 'reads', because: '' }, ran: ran(ms / 2) },
        ],
        measures: [{ name: 'RTO', ms: ms * 2 }],
        ...{ evidence: [], ledgers: [], texts: [] },
      },
    ],
  }
  return {
    run: { lab: { commit: `c${day}`, versions: [{ name: 'NATS', version: '2.15.2' }] } },
    systems: [{ runbooks: [{ sections: [{ scenarios: [scenario] }] }] }],
  } as unknown as Report
}

function ran(durationMs: number): CommandRun {
  return {
    ...{ script: '', sha256: '', exitCode: 0, signal: null, durationMs, deadlineMs: 0, timedOut: false },
    ...{ expectedFailure: false, omittedBytes: 0 },
    output: [{ stream: 'stdout', text: 'archive: x\n' }],
  }
}

const afterRuns = (...reports: readonly Report[]) => reports.reduce<History>(remember, noHistory)
const known = (history: History) => history.procedures.get(address) ?? expect.fail('nothing is known')
const seen = (report: Report) => scenariosOf(report)[0] ?? expect.fail('no scenario')
const onDay = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString()

describe('what is remembered', () => {
  it('comes back from its file as it was', () => {
    const history = afterRuns(run(1, 'passed'), run(2, 'failed'))
    expect(readHistory(writeHistory(history))).toEqual(history)
  })

  it('is when it last worked, as it was then, with what it printed', () => {
    const { green } = known(
      afterRuns(run(1, 'passed'), run(2, 'passed', { script: 'backup --fast' }), run(3, 'failed')),
    )
    expect(green).toMatchObject({ at: onDay(2), commit: 'c2', outputs: ['archive: x\n'] })
    expect(green?.text).toBe('Take a backup\nWhen the operator runs:\n  backup --fast')
  })

  it('is since when it fails, until it works again', () => {
    expect(known(afterRuns(run(1, 'passed'), run(2, 'failed'), run(3, 'failed'))).redSince).toBe(onDay(2))
    expect(known(afterRuns(run(1, 'failed'), run(2, 'failed'))).redSince).toBe(onDay(1))
    expect(known(afterRuns(run(1, 'failed'), run(2, 'passed'))).redSince).toBeUndefined()
    const many = Array.from({ length: 60 }, (_, index) => run(index + 2, 'failed'))
    expect(known(afterRuns(run(1, 'passed'), ...many)).redSince).toBe(onDay(2))
  })

  it('is neither green nor red for a run that learnt nothing', () => {
    const before = afterRuns(run(1, 'passed'), run(2, 'failed'))
    for (const state of ['inconclusive', 'misuse'] as const) {
      const { green, redSince } = known(remember(before, run(3, state)))
      expect({ green, redSince }).toEqual({ green: known(before).green, redSince: onDay(2) })
    }
    expect(remember(before, run(3, 'not run'))).toEqual(before)
  })

  it('is the same when a report is made again', () => {
    const once = afterRuns(run(1, 'passed'), run(2, 'failed'))
    expect(remember(once, run(2, 'failed'))).toEqual(once)
    expect(remember(once, run(1, 'passed'))).toEqual(once)
  })

  it('has bounds: a month of results, and nothing of what nobody runs any more', () => {
    const many = Array.from({ length: 60 }, (_, index) => run(index + 1, 'passed'))
    expect(known(afterRuns(...many)).results).toHaveLength(30)
    const elsewhere = run(300, 'passed')
    Object.assign(seen(elsewhere), { address: 'another.1.1' })
    expect([...afterRuns(run(1, 'passed'), elsewhere).procedures.keys()]).toEqual(['another.1.1'])
  })
})

describe('a damaged file', () => {
  const whole = writeHistory(afterRuns(run(1, 'passed')))

  it.each([
    ['is cut off', whole.slice(0, 80)],
    ['is of another format', whole.replace('"format":1', '"format":99')],
    ['is not ours', '{"a": 1}\n'],
    ['has a time that is none', whole.replaceAll('2026-01-01', 'yesterday')],
    ['is no JSON', '\u0000\u0001'],
  ])('that %s is told by the number of lines that can’t be read, and costs no other', (_, damage) => {
    const other = whole.replace(address, 'other.1.1')
    const { procedures, damaged } = readHistory(`${damage}\n${other}`)
    expect([...procedures.keys()]).toEqual(['other.1.1'])
    expect(damaged).toBe(1)
  })
})

describe('on the page', () => {
  it('a procedure that fails has its last green version, and what has changed since', () => {
    const history = afterRuns(run(1, 'passed'), run(2, 'failed'))
    const { past } = seen(withHistory(run(3, 'failed', { script: 'backup --fast' }), history))
    expect(past).toMatchObject({ redSince: onDay(2), green: { at: onDay(1) } })
    expect(past?.green?.changes).toContainEqual({ kind: 'after', text: '  backup --fast' })
    expect(past?.green?.changes).toContainEqual({ kind: 'before', text: '  backup' })
  })

  it('one that works has no red time, and one that was not run keeps what was known', () => {
    const history = afterRuns(run(1, 'passed'), run(2, 'failed'))
    expect(seen(withHistory(run(3, 'passed'), history)).past).not.toHaveProperty('redSince')
    expect(seen(withHistory(run(3, 'not run'), history)).past).toMatchObject({ redSince: onDay(2) })
  })

  it('times of a block are those of the same bytes, and of runs that worked', () => {
    const history = afterRuns(
      run(1, 'passed', { script: 'backup --fast', ms: 9000 }),
      run(2, 'failed', { ms: 7000 }),
      run(3, 'passed', { ms: 1000 }),
    )
    const now = seen(withHistory(run(4, 'passed', { ms: 2000 }), history))
    expect(now.steps[0]?.commands[0]?.usual).toEqual({ medianMs: 500, p95Ms: 1000, runs: 2 })
  })

  it('times are of all its runs, this one included', () => {
    const history = afterRuns(
      ...[1000, 1000, 1000, 9000].map((ms, index) => run(index + 1, 'passed', { ms })),
    )
    const scenario = seen(withHistory(run(9, 'passed', { ms: 2000 }), history))
    expect(scenario.past?.usual).toEqual({ medianMs: 1000, p95Ms: 9000, runs: 5 })
    expect(scenario.steps[0]?.commands[0]?.usual).toEqual({ medianMs: 500, p95Ms: 4500, runs: 5 })
    expect(scenario.steps[0]?.measures[0]?.earlierMs).toEqual([2000, 2000, 2000, 18000])
    expect(usualDurations(history)).toEqual(new Map([[address, 1000]]))
  })
})
