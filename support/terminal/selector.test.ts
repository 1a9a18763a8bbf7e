import { describe, expect, it } from 'vitest'
import { HarnessMisused } from '../errors'
import { parseFeatures } from '../report/feature-files'
import { reportOf } from '../report/report'
import { sample } from '../report/testing/sample'
import { quoted, select, selectAlert } from './selector'

const sources = Object.entries(sample).filter(([uri]) => uri.endsWith('.feature'))
const report = reportOf(
  parseFeatures(sources.map(([uri, text]) => ({ uri, text }))).map(({ document }) => ({
    gherkinDocument: document,
  })),
)

function refused(act: () => unknown): string {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof HarnessMisused) return thrown.message
    throw thrown
  }
  throw new Error('it was not refused')
}

describe('an address', () => {
  it.each([
    'nats-backup-now.2.1',
    'nats-backup-now#2.1',
    '#nats-backup-now.2.1',
    '#nats-backup-now#2.1',
    'NATS-Backup-Now.2.1',
    'reports/index.html#nats-backup-now.2.1',
    'backup-now.2.1',
    ' nats-backup-now.2.1. ',
  ])('may be written as %j', (written) => {
    const { runbook, sections, part } = select(report, written)
    expect(runbook.address).toBe('nats-backup-now')
    expect(sections.flatMap(({ scenarios }) => scenarios.map(({ address }) => address))).toEqual([
      'nats-backup-now.2.1',
    ])
    expect(part).toBe(true)
  })

  it.each([
    'nats-backup-now',
    '#nats-backup-now',
    'backup-now.feature',
    'features/nats-backup/backup-now.feature',
  ])('of a whole runbook may be written as %s', (written) => {
    expect(select(report, written)).toMatchObject({ runbook: { address: 'nats-backup-now' }, part: false })
  })

  it('may be that of a section, or of a block', () => {
    expect(select(report, 'quick-start.3').sections.map(({ title }) => title)).toEqual(['Enable S3'])
    expect(select(report, 'quick-start.3.1.1').command).toBe('quick-start.3.1.1')
  })

  it('that nothing has is refused, with the nearest name', () => {
    expect(refused(() => select(report, 'quick-strat.1'))).toBe(
      'No runbook is called quick-strat\n  next      Did you mean quick-start?\n  repeat    npx runbook show quick-start',
    )
    expect(refused(() => select(report, 'velero'))).toContain('npx runbook list')
  })

  it('of a part that is not there is refused, with those that are', () => {
    expect(refused(() => select(report, 'nats-backup-now.9'))).toContain('nats-backup-now.2 Fix')
    expect(refused(() => select(report, 'nats-backup-now.2.9'))).toContain(
      'nats-backup-now.2.1 Start a backup by hand\n',
    )
  })
})

describe('an alert', () => {
  it('leads to its runbooks, in whatever case it is written', () => {
    expect(selectAlert(report, 'natsbackupmissing').map(({ runbook }) => runbook.address)).toEqual([
      'nats-backup-now',
    ])
  })

  it('that no runbook is for is refused', () => {
    expect(refused(() => selectAlert(report, 'NATSBackupMising'))).toContain(
      'Did you mean NATSBackupMissing?',
    )
    expect(refused(() => selectAlert({ ...report, systems: [] }, 'It’s Down'))).toContain(
      "search 'It’s Down'",
    )
  })
})

it('a word for the shell is quoted where it has to be', () => {
  expect([quoted('a.b-1'), quoted('#a'), quoted("it's")]).toEqual(['a.b-1', "'#a'", `'it'\\''s'`])
})
