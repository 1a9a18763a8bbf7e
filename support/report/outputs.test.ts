import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { create } from 'xmlbuilder2'
import type { GateFile } from './gate-file'
import { junit } from './junit'
import { parseMessages } from './messages-file'
import { reportOf } from './report'
import { summary } from './summary'
import { cucumberRun } from './testing/cucumber-run'
import { hostile } from './testing/nasty'
import { sample } from './testing/sample'
import { settled } from './testing/settled'
import { verdicts } from './testing/verdicts'
import { write } from './write'

let envelopes: readonly Envelope[]
beforeAll(async () => {
  envelopes = settled((await cucumberRun(sample)).envelopes)
})

describe('junit', () => {
  it('carries message, command, exit code, output and evidence of a failure', () => {
    const xml = junit(reportOf(envelopes))
    const [failure = ''] = /<failure[\s\S]*?<\/failure>/.exec(xml) ?? []
    for (const part of [
      'message="Job backup-before-change did not complete" type="RBK_STEP_FAILED"',
      'got       Failed=True (BackoffLimitExceeded)',
      '$ kubectl create job --from=cronjob/nats-backup backup-before-change',
      'exit 1 after 1 min',
      'error: timed out waiting for the condition',
      'The Job and its pods: events',
    ]) {
      expect(failure).toContain(part)
    }
    expect(xml).toContain(
      '<skipped message="archive 20261123T020011Z.tgz is still there" type="@known-defect:S12">',
    )
  })

  it('counts every verdict where a CI system looks for it', async () => {
    const report = reportOf((await cucumberRun(verdicts)).envelopes)
    const { counts } = report.run
    const [root = ''] = /<testsuites[^>]*>/.exec(junit(report)) ?? []
    expect(root).toContain(
      `tests="${counts.total}" failures="${counts.failed}" errors="${counts.misuse + counts.inconclusive}" skipped="${counts['known defect']}"`,
    )
  })

  it('is well-formed whatever was printed', async () => {
    const xml = junit(reportOf((await cucumberRun(hostile)).envelopes))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
    expect(create(xml).toString()).toContain('window.hacked')
    expect(xml).toContain('red␀␇')
  })

  it('has an error for what went wrong outside of scenarios', () => {
    const cut = envelopes.filter((envelope) => !envelope.testRunFinished)
    expect(junit(reportOf(cut))).toContain('<error message="The run ended before it was finished."')
  })
})

describe('summary', () => {
  it('is short, and tells what failed', () => {
    expect(summary(reportOf(envelopes))).toMatchInlineSnapshot(`
      "## Runbooks: failed

      1 of 9 procedures failed. 1 failed, 1 known defect, 7 passed in 12 s. With Kubernetes 1.37.2, NATS 2.15.2, nats CLI 0.5.0, MinIO 20260212.

      ### Start a backup by hand: failed

      \`features/nats-backup/backup-now.feature:17\` · \`#nats-backup-now.2.1\`

      \`\`\`
      Job backup-before-change did not complete
        expected  Complete=True within 60 s
        got       Failed=True (BackoffLimitExceeded)
        after     12.4 s
        last seen pod nats-backup-7kq2p exit 1: "no responders available"
        next      See whether NATS answers; then delete the Job and start it again.
        repeat    kubectl logs -n kgents-agents job/backup-before-change
      \`\`\`

      \`\`\`
      $ kubectl create job --from=cronjob/nats-backup backup-before-change -n kgents-agents
      kubectl wait --for=condition=complete job/backup-before-change -n kgents-agents --timeout=60s
      job.batch/backup-before-change created
      error: timed out waiting for the condition on jobs/backup-before-change
      (exit 1 after 1 min)
      \`\`\`

      Slowest: quick-start.4.1 1.5 s, quick-start.5.1 1.4 s, quick-start.1.1 1.3 s.
      "
    `)
  })

  it('can’t be ended by what a command printed', async () => {
    const ticks = {
      ...sample,
      'outcomes.json': JSON.stringify({ 'get jobs': { fails: '```\n# Approved\n`````' } }),
    }
    const text = summary(reportOf((await cucumberRun(ticks, ['--name', 'No backup is running'])).envelopes))
    expect(text).toContain('``````\n```\n# Approved\n`````\n``````')
  })
})

/** What a run leaves, in the order of the alphabet. */
const everything = [
  'gate.json',
  'history.jsonl',
  'index.html',
  'junit.xml',
  'messages.ndjson',
  'site',
  'summary.md',
]

describe('write', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'report-write-'))
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  it('leaves everything a run leaves, from which the same can be made again', async () => {
    await write(envelopes, join(directory, 'first'))
    const all = await readdir(join(directory, 'first'))
    expect(all.sort()).toEqual(everything)
    const pages = (await readdir(join(directory, 'first', 'site'))).map((name) => join('site', name))
    const files = [...all.filter((name) => name !== 'site'), ...pages]
    const messages = parseMessages(await readFile(join(directory, 'first', 'messages.ndjson'), 'utf8'))
    await write(messages, join(directory, 'second'))
    for (const file of files) {
      expect(await readFile(join(directory, 'second', file))).toEqual(
        await readFile(join(directory, 'first', file)),
      )
    }
  })

  it('says in gate.json what a program asks', async () => {
    await write(envelopes, directory)
    const gate = JSON.parse(await readFile(join(directory, 'gate.json'), 'utf8')) as GateFile
    expect(gate).toMatchObject({
      verdict: 'failed',
      exitCode: 1,
      counts: { passed: 7, failed: 1, 'known defect': 1, total: 9 },
      versions: expect.arrayContaining([{ name: 'NATS', version: '2.15.2' }]),
    })
    expect(gate.scenarios.find(({ address }) => address === 'nats-backup-now.2.1')).toEqual({
      address: 'nats-backup-now.2.1',
      name: 'Start a backup by hand',
      uri: 'features/nats-backup/backup-now.feature',
      line: 17,
      verdict: 'failed',
      attempts: 1,
      waitedMs: null,
      durationMs: expect.any(Number),
    })
  })

  it('puts a damaged history aside, whole, and says where', async () => {
    await write(envelopes, directory)
    const file = join(directory, 'history.jsonl')
    const whole = await readFile(file, 'utf8')
    const [first = ''] = whole.split('\n')
    const damaged = whole.replace(first, first.slice(0, 80))
    for (const aside of ['history.jsonl.damaged', 'history.jsonl.damaged-2']) {
      await writeFile(file, damaged)
      const { run } = await write(envelopes, directory)
      expect(await readFile(join(directory, aside), 'utf8')).toBe(damaged)
      expect(run.historyNote).toMatch(/^1 line of history\.jsonl could not be read.* is kept: /)
      expect(run.historyNote?.endsWith(aside)).toBe(true)
      expect(await readFile(join(directory, 'summary.md'), 'utf8')).toContain('1 line of history')
    }
    expect((await write(envelopes, directory)).run).not.toHaveProperty('historyNote')
    expect(await readFile(file, 'utf8')).toBe(whole)
  })

  it('leaves a history that can’t be read as it is, and says so', async () => {
    // Also for root, whom no permission stops: a link to itself.
    const file = join(directory, 'history.jsonl')
    await symlink(file, file)
    const { run } = await write(envelopes, directory)
    expect(run.historyNote).toMatch(/stays as it is, and this run isn’t remembered: ELOOP/)
    expect(await readlink(file)).toBe(file)
    expect((await readdir(directory)).sort()).toEqual(everything)
  })

  it('loses nothing else when one file can’t be written, and leaves no half of it', async () => {
    await mkdir(join(directory, 'index.html', 'in the way'), { recursive: true })
    await expect(write(envelopes, directory)).rejects.toThrow(/Part of the report[\s\S]*index\.html: /)
    const files = await readdir(directory)
    expect(files.sort()).toEqual(everything)
  })
})

it('reads the messages of a killed run up to where it was killed', () => {
  const text = envelopes.map((envelope) => JSON.stringify(envelope)).join('\n')
  const killed = parseMessages(text.slice(0, text.length - 400))
  expect(killed.length).toBeGreaterThan(10)
  expect(reportOf(killed).run.exitCode).not.toBe(0)
})
