import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HarnessMisused } from '../errors'
import { messagesText } from '../report/messages-text'
import { cucumberRun } from '../report/testing/cucumber-run'
import { withFiles } from '../report/testing/with-files'
import { mergeReports } from './report'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbook-merge-'))
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const text = (envelopes: readonly Envelope[]) => messagesText(withFiles(envelopes, 'a'.repeat(64)))

it('a merged report has the long outputs that it links to', async () => {
  const { envelopes } = await cucumberRun({
    'features/x/y.feature':
      'Feature: Y\n  Scenario: one\n    When the operator runs:\n      """bash\n      do it\n      """\n',
    'outcomes.json': JSON.stringify({ 'do it': { run: { fullOutput: 'evidence/command-1.txt' } } }),
  })
  mkdirSync(join(folder, 'shard', 'evidence'), { recursive: true })
  writeFileSync(join(folder, 'shard', 'evidence', 'command-1.txt'), 'all of it')
  writeFileSync(join(folder, 'shard', 'evidence', 'of-another-run.txt'), 'not this')
  const file = join(folder, 'shard', 'messages.ndjson')
  writeFileSync(file, text(envelopes))
  const output = join(folder, 'all')
  expect(await mergeReports([file], { output })).toBe(0)
  expect(readFileSync(join(output, 'evidence', 'command-1.txt'), 'utf8')).toBe('all of it')
  expect(() => readFileSync(join(output, 'evidence', 'of-another-run.txt'))).toThrow('ENOENT')
})

it.each([
  ['{"verdict": "pas', 'JSON'],
  ['null', 'is null'],
  ['{"verdict": "passed", "reasons": {}}', 'gate.json.reasons: is object'],
  ['{"verdict": "passed", "reasons": [null]}', 'gate.json.reasons[0]: is null'],
])('a gate.json beside the messages that is damaged is told: %s', async (text, got) => {
  writeFileSync(join(folder, 'messages.ndjson'), '')
  writeFileSync(join(folder, 'gate.json'), text)
  const merge = mergeReports([join(folder, 'messages.ndjson')], { output: join(folder, 'all') })
  const thrown = await merge.catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(HarnessMisused)
  expect(thrown).toMatchObject({ message: expect.stringMatching(/gate\.json is damaged/) })
  expect(thrown).toMatchObject({ message: expect.stringContaining(got) })
})

it('a damaged history where the report is written is told, and nothing of it is lost', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { envelopes } = await cucumberRun({
    'features/x/y.feature': 'Feature: Y\n  Scenario: one\n    Given a stream\n',
  })
  const file = join(folder, 'messages.ndjson')
  writeFileSync(file, text(envelopes))
  writeFileSync(join(folder, 'history.jsonl'), '{"half')
  expect(await mergeReports([file], { output: folder })).toBe(0)
  expect(said).toHaveBeenCalledWith(expect.stringContaining('1 line of history.jsonl could not be read'))
  expect(readFileSync(join(folder, 'history.jsonl.damaged'), 'utf8')).toBe('{"half')
})
