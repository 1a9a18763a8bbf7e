import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentReport } from './current'
import { parseFeatures } from './feature-files'
import { messagesText } from './messages-text'
import { scenariosOf } from './report-parts'
import { cucumberRun } from './testing/cucumber-run'
import { withFiles } from './testing/with-files'

const uri = 'features/x/y.feature'
const text = `Feature: Y
  Background:
    Given the lab is described

  Scenario: one
    When the operator runs:
      """bash
      echo one
      """
    Then it works

  Scenario: two
    When the operator runs:
      """bash
      echo two
      """
`
const folder = mkdtempSync(join(tmpdir(), 'runbook-current-'))
afterAll(() => rmSync(folder, { recursive: true }))

let messages: string
let envelopes: readonly Envelope[]
let later: readonly Envelope[]
beforeAll(async () => {
  envelopes = (await cucumberRun({ [uri]: text })).envelopes
  later = (await cucumberRun({ [uri]: text }, ['--name', 'two'])).envelopes
  messages = messagesText(withFiles(envelopes, 'these'))
})

function current(now: string, run = messages) {
  writeFileSync(join(folder, 'messages.ndjson'), run)
  const { report, notes, unusable } = currentReport(
    parseFeatures([{ uri, text: now }]),
    folder,
    () => 'these',
  )
  expect(unusable).toBe(notes.find((note) => /^(The last run|Steps, scripts)/.test(note)))
  const told = scenariosOf(report).map((scenario) => {
    const ran = scenario.steps.some(({ commands }) => commands.some((command) => command.ran))
    const keywords = scenario.steps.map(({ keyword }) => keyword).join(' ')
    return `${scenario.title}: ${ran ? 'ran' : scenario.state}, ${keywords}`
  })
  return { told, notes }
}

describe('the runbooks with what the last run has shown', () => {
  it('have its results, also where lines have moved and prose is another', () => {
    expect(current(text)).toEqual({
      told: ['one: ran, Given When Then', 'two: ran, Given When'],
      notes: [],
    })
    const moved = text
      .replace('  Background', '  Some prose.\n\n  Background')
      .replace('  Scenario: two', '\n  Scenario: two')
    expect(current(moved)).toEqual(current(text))
  })

  it('have no result of other words', () => {
    expect(current(text.replace('echo two', 'echo 2'))).toEqual({
      told: ['one: ran, Given When Then', 'two: not run, Given When'],
      notes: ['1 procedure has changed since the last run; its results for them aren’t shown.'],
    })
  })

  it('have results of other files, or of files that nobody knows, only with a word on that', () => {
    const others = 'Steps, scripts, manifests or packages have changed since the last run: its results are of'
    const untold = 'The last run doesn’t tell with which steps, scripts, manifests and packages it ran'
    for (const [run, note] of [
      [messagesText(withFiles(envelopes, 'others')), others],
      [messagesText(envelopes), untold],
      [messages + messagesText(later), untold],
      [messages + messagesText(withFiles(later, 'others')), others],
    ] as const) {
      expect(current(text, run)).toEqual({
        told: ['one: ran, Given When Then', 'two: ran, Given When'],
        notes: [expect.stringContaining(note)],
      })
    }
    // None of its results is shown, so nothing has to be said of them.
    const other = text.replaceAll('echo', 'printf')
    expect(current(other, messagesText(withFiles(envelopes, 'others'))).notes).toEqual([
      expect.stringContaining('2 procedures have changed'),
    ])
  })

  it('have the results of what is left when a procedure is gone', () => {
    expect(current(text.slice(0, text.indexOf('  Scenario: two'))).told).toEqual([
      'one: ran, Given When Then',
    ])
  })

  it('are shown without a run that is damaged, and that is said', () => {
    const { told, notes } = current(text, `${messages}{"half":\n${messages}`)
    expect(told[0]).toBe('one: not run, Given When Then')
    expect(notes).toEqual([expect.stringMatching(/messages\.ndjson line \d+ is not JSON$/)])
    expect(current(text, '[1]\n').notes).toEqual([
      expect.stringContaining('line 1 is not a cucumber message'),
    ])
    expect(current(text, '{"testRunStarted":{}}\n').notes).toEqual([expect.stringContaining('can’t be read')])
  })

  it('have what a run that goes on has shown so far', () => {
    const begun = messages.slice(0, messages.indexOf('"testRunFinished"'))
    expect(current(text, begun)).toMatchObject({
      told: [/ran/, /ran/].map((each) => expect.stringMatching(each)),
      notes: [],
    })
  })

  it('are shown where there never was a run', () => {
    const none = currentReport(parseFeatures([{ uri, text }]), join(folder, 'nowhere'))
    expect(none.notes).toEqual([])
    expect(scenariosOf(none.report).map(({ state }) => state)).toEqual(['not run', 'not run'])
  })
})
