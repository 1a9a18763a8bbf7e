import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filesRan } from './files-message'
import { filesNow } from './files-now'
import { escaped } from './github-markdown'
import { parseMessages } from './messages-file'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'

const reports = ['--format', `"${join(__dirname, 'formatter.cjs')}":"reports/messages.ndjson"`]
const terminal = ['--format', `"${join(__dirname, 'console.cjs')}"`]

it('writes the reports and tells the run, loaded by cucumber as its formatters', async () => {
  const run = await cucumberRun(sample, [...reports, ...terminal])
  expect(run.stderr).toBe('')
  expect(Object.keys(run.reports).sort()).toEqual([
    'gate.json',
    'history.jsonl',
    'index.html',
    'junit.xml',
    'messages.ndjson',
    'summary.md',
  ])
  const written = parseMessages(run.reports['messages.ndjson'] ?? '')
  const own = written.findIndex(({ testRunStarted }) => testRunStarted) + 1
  expect(written.toSpliced(own, 1)).toEqual(run.envelopes)
  expect(filesRan(written.slice(own, own + 1))).toEqual([filesNow()])
  expect(run.stdout).toContain('\n  2.1 Run one by hand and read its log\n    $ kubectl create job')
  expect(run.stdout).toMatch(
    /\nFAILED {2}1 of 9 procedures failed: 1 failed, 1 known defect, 7 passed in .*\.\n/,
  )
  expect(run.stdout).toMatch(/\nReport: reports\/index\.html\n$/)
})

it('says on the console that the history is damaged', async () => {
  const run = await cucumberRun({ ...sample, 'reports/history.jsonl': '{"half' }, reports)
  expect(run.stderr).toContain('1 line of history.jsonl could not be read')
  expect(run.reports['history.jsonl.damaged']).toBe('{"half')
  expect(run.reports['summary.md']).toContain('history.jsonl.damaged')
})

it('writes them for a run whose features do not parse, too', async () => {
  const run = await cucumberRun(
    { 'features/x/broken.feature': 'Feature: a\n  Scenario: b\n    Given c\n    nonsense\n' },
    [...reports, ...terminal],
  )
  expect(run.reports['gate.json']).toContain('"exitCode": 2')
  expect(run.stdout).toContain('\nMISUSE  ')
})

it('does not break a run off when messages.ndjson can’t be written, and says so', async () => {
  const run = await cucumberRun({ ...sample, 'reports/messages.ndjson/folder': '' }, [
    '--format',
    `"${join(__dirname, 'formatter.cjs')}":"reports/.opened"`,
  ])
  expect(run.envelopes.at(-1)).toHaveProperty('testRunFinished')
  expect(run.stderr).toContain('messages.ndjson doesn’t get what the run sees')
  expect(run.stderr).toContain('Part of the report in')
  expect(Object.keys(run.reports)).toContain('index.html')
})

it('tells on the page, in gate.json and in summary.md what was asked for and did not run', async () => {
  const line = 'left out, it is @degraded: features/x.feature:12'
  const modules = ['typescript.cjs', 'gate/left-out.ts'].map((name) =>
    JSON.stringify(join(__dirname, '..', name)),
  )
  const without = `require(${modules[0]}); require(${modules[1]}).runWithout([${JSON.stringify(line)}])\n`
  const run = await cucumberRun({ ...sample, 'without.cjs': without }, [
    '--require',
    'without.cjs',
    ...reports,
  ])
  expect(JSON.parse(run.reports['gate.json'] ?? '')).toMatchObject({ leftOut: [line] })
  expect(run.reports['index.html']).toContain(
    `<p>Not all that was asked for ran:</p><ul><li>${line}</li></ul>`,
  )
  expect(run.reports['summary.md']).toContain(`\n\nNot all that was asked for ran. ${escaped(line)}\n\n`)
  const all = await cucumberRun(sample, reports)
  expect(JSON.parse(all.reports['gate.json'] ?? '')).not.toHaveProperty('leftOut')
})
