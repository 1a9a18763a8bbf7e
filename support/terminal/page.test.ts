import { beforeAll, describe, expect, it } from 'vitest'
import { painter } from '../report/console-text'
import { parseFeatures } from '../report/feature-files'
import type { Report } from '../report/model'
import { reportOf } from '../report/report'
import { cucumberRun } from '../report/testing/cucumber-run'
import { flaky } from '../report/testing/flaky'
import { hostile } from '../report/testing/nasty'
import { sample } from '../report/testing/sample'
import { settled } from '../report/testing/settled'
import { listText } from './list'
import { pageText } from './page'
import { select } from './selector'

const now = new Date('2026-11-23T19:40:00Z')
const plain = { width: 60, paint: painter(false) }
let report: Report
beforeAll(async () => {
  report = reportOf(settled((await cucumberRun(sample)).envelopes))
})

function shown(address: string, of = report, options: { full?: boolean; colours?: boolean } = {}): string {
  const terminal = { ...plain, paint: painter(options.colours ?? false) }
  return pageText(select(of, address), { terminal, run: of.run, now, full: options.full ?? false })
}

describe('a page in the terminal', () => {
  it('has commands at the margin, unbroken, and nothing else', () => {
    const page = shown('quick-start')
    const margin = page.split('\n').filter((line) => /^\S/.test(line))
    const blocks = report.systems
      .flatMap(({ runbooks }) => runbooks)
      .filter(({ address }) => address === 'quick-start')
      .flatMap(({ sections }) => sections.flatMap(({ scenarios }) => scenarios))
      .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands.map(({ script }) => script)))
    expect(blocks.length).toBeGreaterThan(4)
    for (const block of blocks) expect(page).toContain(`\n\n${block}\n\n`)
    const lines = blocks.flatMap((block) => block.split('\n'))
    const titles = /^(\d|Set up)/
    expect(margin.filter((line) => !titles.test(line) && !lines.includes(line))).toEqual([])
  })

  it('says that a procedure passed only when it was tried again', async () => {
    const tried = reportOf((await cucumberRun(flaky, ['--retry', '1'])).envelopes)
    expect(shown('y.1.1', tried)).toContain('1.1 a  #y.1.1  passed at attempt 2\n')
  })

  it('says what to do, what to expect and what came of it', () => {
    expect(shown('quick-start.2.1')).toMatchInlineSnapshot(`
      "Set up the NATS backup
        #quick-start · features/nats-backup/quick-start.feature · for operator, platform-engineer · can be undone
        last run 2 h ago: passed

        Escalate: #platform-oncall after 15 minutes.

      2 Verify that a backup runs

      2.1 Run one by hand and read its log  #quick-start.2.1  passed

        #quick-start.2.1.1 · CHANGES (kubectl create job)

      # a Job of its own, from the CronJob's template
      kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
      kubectl logs -f job/test-backup -n kgents-agents

        Expect:
        - the newest archive holds every acknowledged message

        In the last run: exit 0 after 3.3 s
          job.batch/test-backup created
           0  stream_0  1 204 messages  sha256 equal
           1  stream_1  1 204 messages  sha256 equal
           2  stream_2  1 204 messages  sha256 equal
           3  stream_3  1 204 messages  sha256 equal
           4  stream_4  1 204 messages  sha256 equal
           5  stream_5  1 204 messages  sha256 equal
           6  stream_6  1 204 messages  sha256 equal
          (… 8 lines left out: npx runbook show quick-start.2.1.1 --full)
          15  stream_15  1 204 messages  sha256 equal
          16  stream_16  1 204 messages  sha256 equal
          17  stream_17  1 204 messages  sha256 equal
          18  stream_18  1 204 messages  sha256 equal
          19  stream_19  1 204 messages  sha256 equal
          20  stream_20  1 204 messages  sha256 equal
          21  stream_21  1 204 messages  sha256 equal
          backup complete: 20261123T164011Z.tgz 8 432 112 bytes
      "
    `)
  })

  it('shows the beginning and the end of a long output, and all of it when asked', () => {
    expect(shown('quick-start.2.1')).not.toContain('stream_12 ')
    expect(shown('quick-start.2.1')).toContain('lines left out: npx runbook show quick-start.2.1.1 --full)')
    expect(shown('quick-start.2.1', report, { full: true })).toContain('stream_12 ')
  })

  it('can be that of one block', () => {
    const block = (n: number) => `    When the operator runs:\n      """bash\n      echo ${n}\n      """\n`
    const text = `Feature: Two\n  Scenario: one\n${block(1)}${block(2)}`
    const two = reportOf(
      parseFeatures([{ uri: 'features/x/two.feature', text }]).map(({ document }) => ({
        gherkinDocument: document,
      })),
    )
    expect(shown('two.1', two)).toContain('\n\necho 1\n\n')
    expect(shown('two.1.2', two)).toContain('\n\necho 2\n')
    expect(shown('two.1.2', two)).not.toContain('echo 1')
  })

  it('says why a procedure failed', () => {
    expect(shown('nats-backup-now.2.1')).toContain(
      '  Job backup-before-change did not complete\n    expected',
    )
  })

  it('has colours only where they are wanted, and none that spans a line', () => {
    const esc = String.fromCharCode(27)
    expect(shown('quick-start')).not.toContain(esc)
    const coloured = shown('quick-start', report, { colours: true })
    expect(coloured).toContain(esc)
    for (const line of coloured.split('\n').filter((each) => each.includes('kubectl'))) {
      expect(line.split(`${esc}[`).length % 2).toBe(1)
    }
  })

  it('lets no control character of an output reach the terminal', async () => {
    const nasty = reportOf((await cucumberRun(hostile)).envelopes)
    const pages = nasty.systems.flatMap(({ runbooks }) =>
      runbooks.map(({ address }) => shown(address, nasty, { full: true })),
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
    expect(pages.join('')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(pages.join('')).toContain('red␀␇')
  })
})

it('the list names all runbooks by system, with where they stand', () => {
  expect(listText(report, plain, now)).toMatchInlineSnapshot(`
    "NATS backup
      nats-backup-now  Take a NATS backup now  failed
                       Use when you are about to change NATS, or
                       the nightly backup is missing.
      quick-start      Set up the NATS backup  passed
                       Use when a cluster has no backup yet, or
                       \`nats-backup\` is missing.

    Last run 2 h ago. One of them: npx runbook show NAME
    "
  `)
})
