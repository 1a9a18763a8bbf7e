import type { Envelope } from '@cucumber/messages'
import { beforeAll, describe, expect, it } from 'vitest'
import { HarnessMisused } from '../errors'
import { judge } from '../gate/judge'
import { merged } from './merge'
import { messagesText } from './messages-text'
import { cucumberRun } from './testing/cucumber-run'
import { withFiles } from './testing/with-files'

const text = (envelopes: readonly Envelope[], files = 'a'.repeat(64)) =>
  messagesText(withFiles(envelopes, files))
const feature = (title: string, more = '') =>
  `Feature: ${title}${more}\n  Scenario: one\n    Given a stream\n  Scenario: two\n    Given a stream\n`

function refusal(...files: readonly (readonly [string, string])[]): string {
  try {
    merged(files.map(([name, text]) => ({ name, text })))
  } catch (thrown) {
    if (thrown instanceof HarnessMisused) return thrown.message
    throw thrown
  }
  return 'nothing was refused'
}

describe('files of messages', () => {
  let whole: string
  let other: string
  beforeAll(async () => {
    whole = text((await cucumberRun({ 'features/x/y.feature': feature('Y') }, ['--name', 'one'])).envelopes)
    other = text(
      (await cucumberRun({ 'features/x/y.feature': feature('Y', '\n  Prose.') }, ['--name', 'two']))
        .envelopes,
    )
  })

  it('that are damaged are refused, each with its line', () => {
    const lines = whole.trimEnd().split('\n')
    const damaged = [...lines.slice(0, 2), '{"half', ...lines.slice(2)].join('\n')
    expect(refusal(['a.ndjson', whole], ['b.ndjson', damaged])).toBe(
      `Nothing was merged: its messages can’t all be read
  got       b.ndjson:3 is not JSON
  next      Leave the file out, or run what it is about again.`,
    )
  })

  it('that have lost a line, or their beginning, are refused', () => {
    const lines = whole.trimEnd().split('\n')
    const headless = lines.slice(2).join('\n')
    const lost = lines.filter((line) => !line.startsWith('{"testCase":')).join('\n')
    expect(refusal(['a.ndjson', whole], ['b.ndjson', headless])).toContain(
      'b.ndjson:1 is not the meta that a run begins with',
    )
    expect(refusal(['a.ndjson', whole], ['b.ndjson', lost])).toMatch(
      /b\.ndjson:\d+ is a testCaseStarted of a testCase that isn’t there/,
    )
  })

  it('of a run that was killed, or never began, make all of it inconclusive', () => {
    const lines = whole.trimEnd().split('\n')
    const texts = lines.slice(
      0,
      lines.findIndex((line) => line.startsWith('{"testRunStarted"')),
    )
    const neverBegan = `${texts.join('\n')}\n`
    const verdictOf = (...texts: string[]) => {
      const { verdict, counts } = judge(merged(texts.map((text, index) => ({ name: `${index}`, text }))))
      return `${verdict} ${counts.passed}`
    }
    expect(verdictOf(whole, neverBegan)).toBe('inconclusive 1')
    expect(verdictOf(whole, `${neverBegan}{"testRunSt`)).toBe('inconclusive 1')
    // Put together with cat, one file says what two do.
    expect(verdictOf(whole + neverBegan)).toBe('inconclusive 1')
    expect(verdictOf(neverBegan + whole)).toBe('inconclusive 1')
    expect(verdictOf(whole + whole)).toBe('passed 1')
    expect(refusal(['b.ndjson', neverBegan])).toContain('b.ndjson holds no run')
  })

  it('of runs with other files are refused, and so are those of a run that doesn’t tell its files', async () => {
    const { envelopes } = await cucumberRun({ 'features/x/y.feature': feature('Y') }, ['--name', 'two'])
    const refused = (
      why: string,
    ) => `Nothing was merged: they ran with different steps, scripts, manifests or packages, or don’t tell with which
  got       ${why}
  next      Leave the file out, or run what it is about again.`
    expect(refusal(['a.ndjson', whole], ['b.ndjson', text(envelopes)])).toBe('nothing was refused')
    expect(refusal(['a.ndjson', whole], ['b.ndjson', text(envelopes, 'b'.repeat(64))])).toBe(
      refused('a.ndjson: aaaaaaaaaaaa\n            b.ndjson: bbbbbbbbbbbb'),
    )
    expect(refusal(['a.ndjson', whole], ['b.ndjson', messagesText(envelopes)])).toBe(
      refused('a.ndjson: aaaaaaaaaaaa\n            b.ndjson: not told'),
    )
    expect(refusal(['a.ndjson', whole + messagesText(envelopes)])).toBe(
      refused('a.ndjson: aaaaaaaaaaaa\n            a.ndjson: not told'),
    )
    expect(refusal(['b.ndjson', messagesText(envelopes)])).toBe(refused('b.ndjson: not told'))
  })

  it('that are something else are refused', () => {
    expect(refusal(['gate.json', '{\n  "verdict": "passed"\n}\n'])).toContain('gate.json:1 is not JSON')
    expect(refusal(['x.ndjson', '{"at":"2026-11-26"}\n'])).toContain('x.ndjson:1 is not a cucumber message')
    expect(refusal(['empty.ndjson', ''])).toContain('empty.ndjson holds no run')
  })

  it('that ran another text of a runbook are refused', () => {
    expect(refusal(['a.ndjson', whole], ['b.ndjson', other])).toContain(
      'a report shows one text of a runbook, and these have two\n  got       features/x/y.feature',
    )
  })

  it('of two places are refused, though only what the one showed counts', async () => {
    const of = async (cluster?: string) => {
      const lab = { versions: [], images: [], simulated: [], commit: '', startedAt: '', cluster }
      const steps = '\n  Scenario: one\n    Given the lab is described\n'
      const files = { 'features/x/y.feature': `Feature: Y${steps}`, 'outcomes.json': JSON.stringify({ lab }) }
      return text((await cucumberRun(files)).envelopes)
    }
    const lab = await of()
    const staging = await of('staging')
    expect(refusal(['a.ndjson', lab], ['b.ndjson', staging])).toBe(
      `Nothing was merged: of two places there is no one verdict
  got       a.ndjson: the lab
            b.ndjson: the existing cluster staging
  next      Leave the file out, or run what it is about again.`,
    )
    expect(refusal(['a.ndjson', lab + staging])).toContain('the lab, the existing cluster staging')
    expect(refusal(['a.ndjson', staging], ['b.ndjson', staging])).toBe('nothing was refused')
  })

  it('of another text are taken where nothing of it counts any more', async () => {
    const again = text((await cucumberRun({ 'features/x/y.feature': feature('Y', '\n  Prose.') })).envelopes)
    expect(refusal(['a.ndjson', whole], ['b.ndjson', again])).toBe('nothing was refused')
  })
})
