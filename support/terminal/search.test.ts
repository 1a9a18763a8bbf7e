import { beforeAll, describe, expect, it } from 'vitest'
import { painter } from '../report/console-text'
import { parseFeatures } from '../report/feature-files'
import type { Report } from '../report/model'
import { reportOf } from '../report/report'
import { cucumberRun } from '../report/testing/cucumber-run'
import { sample } from '../report/testing/sample'
import { hitsText } from './hits'
import { search } from './search'

const sources = Object.entries(sample).filter(([uri]) => uri.endsWith('.feature'))
const unrun = reportOf(
  parseFeatures(sources.map(([uri, text]) => ({ uri, text }))).map(({ document }) => ({
    gherkinDocument: document,
  })),
)
const found = (text: string, report: Report = unrun) => search(report, text).map(({ address }) => address)

describe('a search', () => {
  it('finds titles first, then prose, then commands', () => {
    expect(found('archive')[0]).toMatch(/^nats-backup-now\.4/)
    expect(found('PUT-bucket-versioning')[0]).toBe('quick-start.3.1')
    expect(found('the cronjob is there and scheduled')[0]).toBe('quick-start.1.1')
  })

  it('finds nothing where only a few of the words are', () => {
    expect(found('velero archive schedule namespace')).toEqual([])
    expect(found(' ')).toEqual([])
  })

  it('finds what commands printed in the last run', async () => {
    const report = reportOf((await cucumberRun(sample)).envelopes)
    expect(found('sha256 equal')).toEqual([])
    expect(found('sha256 equal', report)).toEqual(['quick-start.2.1'])
  })
})

describe('a whole line of an error', () => {
  let report: Report
  beforeAll(() => {
    const text = `Feature: Trouble
  Scenario: "NATS is down": somebody scaled it to nothing
    When x
  Scenario: "the archive ... is damaged; nothing was changed"
    When x
  Scenario: Something else about NATS
    When it is down
`
    report = reportOf(
      parseFeatures([{ uri: 'features/x/trouble.feature', text }]).map(({ document }) => ({
        gherkinDocument: document,
      })),
    )
  })

  it('leads to the procedure that quotes it', () => {
    expect(found('2026-11-26T02:00:05Z backup failed: NATS is down (exit 10)', report)[0]).toBe('trouble.1')
    expect(
      found('restore failed: the archive nats-1.tar.gz is damaged; nothing was changed', report)[0],
    ).toBe('trouble.2')
  })
})

it('a hit shows its line, and the command that leads there', () => {
  expect(hitsText(search(unrun, 'create-bucket'), { width: 80, paint: painter(false) })).toBe(
    `  The bucket is versioned and forgets after 30 days · Set up the NATS backup
  aws s3api create-bucket --bucket kgents-dr-backups
npx runbook show quick-start.3.1
`,
  )
})
