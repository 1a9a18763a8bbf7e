import { expect, it } from 'vitest'
import { addressesByLine } from './address'
import { cucumberRun } from './testing/cucumber-run'

const feature = `@runbook:restore
Feature: Restore
  Scenario: before any rule
    Given a stream
  Rule: 2 Fix
    Scenario: first
      Given a stream
    Scenario Outline: second
      Given a <thing>
      Examples:
        | thing  |
        | stream |
      Examples:
        | thing  |
        | bucket |
  Rule: If it goes wrong
    Scenario: third
      Given a stream
  Rule: 2 Fix again
    Scenario: fourth
      Given a stream
`

it('follows the document, not what was selected of it', async () => {
  const { envelopes } = await cucumberRun({ 'features/x/restore.feature': feature }, ['--name', 'third'])
  const documents = envelopes.flatMap(({ gherkinDocument }) => (gherkinDocument ? [gherkinDocument] : []))
  expect(documents.flatMap((document) => [...addressesByLine(document)])).toEqual([
    [3, 'restore.0.1'],
    [6, 'restore.2.1'],
    [8, 'restore.2.2'],
    [12, 'restore.2.2-1'],
    [15, 'restore.2.2-2'],
    [17, 'restore.3.1'],
    [20, 'restore.4.1'],
  ])
})
