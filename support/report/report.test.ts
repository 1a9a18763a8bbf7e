import { renderToString } from 'preact-render-to-string'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Report, ScenarioReport } from './model'
import { ScenarioArticle } from './page/scenario'
import { reportOf } from './report'
import { scenariosOf } from './report-parts'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'
import { settled } from './testing/settled'
import { verdicts } from './testing/verdicts'

const scenario = (report: Report, address: string): ScenarioReport => {
  const found = scenariosOf(report).find((each) => each.address === address)
  if (!found) throw new Error(`no scenario ${address}`)
  return found
}

describe('the model', () => {
  let report: Report
  beforeAll(async () => {
    report = reportOf((await cucumberRun(sample, ['--retry', '1'])).envelopes)
  })

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('groups runbooks by system and reads their tags', () => {
    expect(report.systems.map(({ name, title }) => ({ name, title }))).toEqual([
      { name: 'nats-backup', title: 'NATS backup' },
    ])
    expect(report.systems[0]?.runbooks[0]).toMatchObject({
      address: 'nats-backup-now',
      state: 'failed',
      personas: ['on-call'],
      alerts: ['NATSBackupMissing'],
      severity: 'critical',
      mutates: true,
      reversible: true,
    })
  })

  it('numbers sections as their titles do', () => {
    const sections = report.systems[0]?.runbooks[0]?.sections ?? []
    expect(sections.map(({ address, title }) => `${address} ${title}`)).toEqual([
      'nats-backup-now.1 Check',
      'nats-backup-now.2 Fix',
      'nats-backup-now.4 Undo',
    ])
  })

  it('shows what the clean-up hook gathered at the step that failed', () => {
    const failed = scenario(report, 'nats-backup-now.2.1').steps.find((step) => step.status === 'failed')
    expect(failed?.evidence.map(({ title }) => title)).toEqual([
      'The Job and its pods',
      'What the system looked like',
    ])
  })

  it('keeps earlier attempts', () => {
    expect(scenario(report, 'nats-backup-now.2.1').attempts).toMatchObject([{ number: 1, verdict: 'failed' }])
  })

  it('knows the lab', () => {
    expect(report.run.lab.versions[0]).toEqual({ name: 'Kubernetes', version: '1.37.2' })
    expect(report.run.lab.images).toHaveLength(3)
    expect(report.run.lab).not.toHaveProperty('cluster')
  })

  it('knows an existing cluster, which has no part in the history', async () => {
    const lab = { versions: [], images: [], simulated: [], commit: '', startedAt: '', cluster: 'staging' }
    const { envelopes } = await cucumberRun({
      'features/x/y.feature': 'Feature: Y\n  Scenario: one\n    Given the lab is described\n',
      'outcomes.json': JSON.stringify({ lab }),
    })
    expect(reportOf(envelopes).run.lab.cluster).toBe('staging')
  })

  it('shows what was not selected as not run, commands and all', async () => {
    const { envelopes } = await cucumberRun(sample, ['--name', 'No backup is running'])
    const part = reportOf(envelopes)
    expect(part.run).toMatchObject({ verdict: 'passed', counts: { total: 1 } })
    const skipped = scenario(part, 'quick-start.1.1')
    expect(skipped.state).toBe('not run')
    expect(skipped.steps.flatMap((step) => step.commands)).toEqual([
      {
        address: 'quick-start.1.1.1',
        script: 'kubectl apply -f fixtures/nats/backup-cronjob.yaml',
        effect: { level: 'changes', because: 'kubectl apply' },
      },
    ])
  })
})

describe('the page', () => {
  let red: Report
  let green: Report
  beforeAll(async () => {
    red = reportOf(settled((await cucumberRun(verdicts)).envelopes))
    green = reportOf(settled((await cucumberRun(sample)).envelopes))
  })

  it.each([
    ['passed', 'passed: every block ran as published'],
    ['claimed-exit', 'passed: a non-zero exit that is claimed'],
    ['failed', 'failed: a non-zero exit that nobody claims'],
    ['misuse', 'misuse: an undefined step'],
    ['inconclusive', 'inconclusive: the lab broke'],
    ['known-defect', 'known defect: it fails as its defect says'],
    ['evidence', 'Start a backup by hand'],
    ['ledger-and-measure', 'Every acknowledged message comes back at the second site'],
  ])('shows %s as it did when somebody looked', async (name, title) => {
    const found = [...scenariosOf(red), ...scenariosOf(green)].find((each) => each.title === title)
    if (!found) throw new Error(`no scenario “${title}”`)
    const html = renderToString(ScenarioArticle({ scenario: found })).replaceAll('><', '>\n<')
    await expect(`${html}\n`).toMatchFileSnapshot(`golden/${name}.html`)
  })
})
