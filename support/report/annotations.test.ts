import { expect, it } from 'vitest'
import { annotations } from './annotations'
import { reportOf } from './report'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'
import { verdicts } from './testing/verdicts'

it('has an error at the line of each red procedure, on one line', async () => {
  const lines = annotations(reportOf((await cucumberRun(sample)).envelopes))
  const [failed = ''] = lines
  expect(failed).toMatch(/^::error file=features\/[\w/.-]+\.feature,line=\d+,title=failed%3A /)
  expect(failed).toContain('%0A')
  expect(lines.every((line) => !line.includes('\n'))).toBe(true)
})

it('tells each verdict that is not green, and nothing of those that are', async () => {
  const report = reportOf((await cucumberRun(verdicts)).envelopes)
  const { failed, misuse, inconclusive } = report.run.counts
  const about = annotations(report).filter((line) => line.includes('.feature,line='))
  expect(about).toHaveLength(failed + misuse + inconclusive)
})

it('keeps commas, colons and percent signs of a message out of the command', async () => {
  const report = reportOf((await cucumberRun(verdicts)).envelopes)
  const [scenario] = report.systems.flatMap(({ runbooks }) =>
    runbooks.flatMap(({ sections }) => sections.flatMap(({ scenarios }) => scenarios)),
  )
  if (!scenario) throw new Error('no scenario')
  const odd = {
    ...scenario,
    state: 'failed' as const,
    title: 'a, b: 100%',
    message: '50% of\r\n"it"',
    steps: [],
  }
  const runbook = report.systems[0]?.runbooks[0]
  if (!runbook) throw new Error('no runbook')
  const sections = [{ address: 'x', number: 1, title: 'x', prose: '', scenarios: [odd] }]
  const one = {
    run: { ...report.run, reasons: [] },
    systems: [{ name: 'x', title: 'x', runbooks: [{ ...runbook, sections }] }],
  }
  expect(annotations(one)).toEqual([
    `::error file=${odd.uri},line=${odd.line},title=failed%3A a%2C b%3A 100%25::50%25 of%0D%0A"it"`,
  ])
})
