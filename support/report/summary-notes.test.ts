import { describe, expect, it } from 'vitest'
import { noHistory } from './history/history'
import { withHistory } from './history/past'
import { remember } from './history/remember'
import type { Report, ScenarioReport } from './model'
import { reportOf } from './report'
import { scenariosOf } from './report-parts'
import { changes, flaky, stale, timing } from './summary-notes'
import { cucumberRun } from './testing/cucumber-run'

const block = '"""'

function feature(command: string) {
  return {
    'features/x/y.feature': `@runbook:y
Feature: Y
  Rule: 1 Check
    Scenario: It is healthy
      When the operator runs:
        ${block}bash
        ${command}
        ${block}

    Scenario: It is old
      When the operator runs:
        ${block}bash
        old
        ${block}
`,
    'outcomes.json': JSON.stringify(
      Object.fromEntries(
        [command, 'old'].map((script) => [
          script,
          { run: { durationMs: 5, exitCode: 0, output: [{ stream: 'stdout', text: 'ok\n' }] } },
        ]),
      ),
    ),
  }
}

/** A run, with what is known from an earlier one. */
async function runAfter(earlier: string, now: string, ...args: string[]): Promise<Report> {
  const before = reportOf((await cucumberRun(feature(earlier))).envelopes)
  const report = reportOf((await cucumberRun(feature(now), args)).envelopes)
  return withHistory(report, remember(noHistory, before))
}

/** The report as it would be with another scenario in the place of each. */
function changed(report: Report, change: (scenario: ScenarioReport) => ScenarioReport): Report {
  const systems = report.systems.map((system) => ({
    ...system,
    runbooks: system.runbooks.map((runbook) => ({
      ...runbook,
      sections: runbook.sections.map((section) => ({ ...section, scenarios: section.scenarios.map(change) })),
    })),
  }))
  return { ...report, systems }
}

describe('changes', () => {
  it('shows what has changed in a procedure since it last worked', async () => {
    const [title, told = ''] = changes(await runAfter('backup --old', 'backup --new'))
    expect(title).toBe('### Changed since it last worked')
    expect(told).toContain('It is healthy (`#y.1.1`), passed now, worked on ')
    expect(told).toMatch(/^- *backup --old$/m)
    expect(told).toMatch(/^\+ *backup --new$/m)
  })

  it('says nothing where nothing has', async () => {
    expect(changes(await runAfter('backup', 'backup'))).toEqual([])
  })
})

describe('stale', () => {
  const days = (amberDays: number) => ({ amberDays, redDays: 30 })

  it('names what this run left out, when its proof is old', async () => {
    const report = await runAfter('backup', 'backup', '--name', 'healthy')
    const old = {
      ...report,
      run: { ...report.run, finishedAt: new Date(Date.now() + 9.5 * 86_400_000).toISOString() },
    }
    expect(stale(old, days(7))).toEqual([
      '### Last shown to work more than 7 days ago',
      '- It is old (`#y.1.2`): 9 days',
    ])
    expect(stale(old, days(10))).toEqual([])
    expect(stale(old, undefined)).toEqual([])
  })
})

describe('flaky', () => {
  it('names what passed when it was tried again, and what was said before', async () => {
    const report = await runAfter('backup', 'backup')
    expect(flaky(report)).toEqual([])
    const attempts = [{ number: 1, verdict: 'failed' as const, message: 'no answer\nmore', durationMs: 1 }]
    const again = changed(report, (scenario) =>
      scenario.title === 'It is old' ? { ...scenario, attempts } : scenario,
    )
    expect(flaky(again)).toEqual([
      '### Flaky: passed when tried again',
      '- It is old (`#y.1.2`), attempt 2; before that: no answer',
    ])
  })
})

describe('timing', () => {
  it('names what took longer than it nearly always does', async () => {
    const report = await runAfter('backup', 'backup')
    const usual = { medianMs: 1000, p95Ms: 2000, runs: 10 }
    const took = (ms: number) =>
      changed(report, (scenario) => ({ ...scenario, durationMs: ms, past: { ...scenario.past, usual } }))
    expect(timing(took(1900))).toEqual([])
    expect(timing(took(2500))[1]).toContain('- It is old (`#y.1.2`): 2.5 s instead of 1.0 s')
  })

  it('names the slowest of a long run', async () => {
    const report = await runAfter('backup', 'backup')
    const many = changed(report, (scenario) => ({
      ...scenario,
      durationMs: scenario.title === 'It is old' ? 9000 : 10,
    }))
    const runbook = many.systems[0]
    const long: Report = { ...many, systems: runbook ? [runbook, runbook, runbook] : [] }
    expect(scenariosOf(long)).toHaveLength(6)
    expect(timing(long).at(-1)).toBe('Slowest: y.1.2 9.0 s, y.1.2 9.0 s, y.1.2 9.0 s.')
  })
})
