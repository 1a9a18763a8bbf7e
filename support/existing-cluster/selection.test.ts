import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stepFiles } from '../affected/step-definitions'
import { Tree } from '../affected/tree'
import { checkout } from '../lab/home'
import { runbookAddress } from '../report/address'
import { parseFeatures } from '../report/feature-files'
import { Selection } from './selection'
import type { ClusterSettings } from './settings'
import { possibleVerbs } from './verbs'

const site = { name: 'the second site', server: 'nats://10.0.0.3:4222', user: 'app', password: 'none' }

/** Why each scenario is left out, by its name; those that run have no reason. */
function reasons(
  feature: string,
  settings: Partial<Pick<ClusterSettings, 'allow' | 'secondSite'>> = {},
): Record<string, string | undefined> {
  const selection = new Selection({ name: 'staging', allow: [], secondSite: site, ...settings })
  const parsed = parseFeatures([{ uri: 'features/x/page.feature', text: feature }])
  return Object.fromEntries(
    parsed.flatMap(({ document, pickles }) =>
      pickles.map((pickle) => [pickle.name, selection.leftOut({ pickle, gherkinDocument: document })?.why]),
    ),
  )
}

const page = (tags: string, undo = '') => `${tags} @runbook:page
Feature: Page
  Rule: 1 Check
    Scenario: looks
      Given the backup CronJob is deployed
      When the operator runs:
        """bash
        true
        """
  Rule: 4 Undo
    ${undo}
`
const unnamed = (tag: string) => `it is ${tag}, and "allow" in the file of staging doesn't name page`

describe('what runs on an existing cluster', () => {
  it('is what reads', () => {
    expect(reasons(page('@read-only'))).toEqual({ looks: undefined })
  })

  it.each(['@mutates', '@degraded', '@irreversible'])(
    'is not what is %s, unless its runbook is named',
    (tag) => {
      expect(reasons(page(tag))).toEqual({ looks: unnamed(tag) })
      expect(reasons(page(tag), { allow: ['other'] })).toEqual({ looks: unnamed(tag) })
      expect(reasons(page(tag), { allow: ['page'] })).toEqual({ looks: undefined })
    },
  )

  it('is what reads of a runbook that changes something', () => {
    const feature = page('@mutates').replace('    Scenario: looks', '    @read-only\n    Scenario: looks')
    expect(reasons(feature)).toEqual({ looks: undefined })
  })

  it('is not what changes something on a page that reads, nor what is not tagged, nor a block that destroys', () => {
    const feature = page('@read-only').replace('    Scenario: looks', '    @mutates\n    Scenario: looks')
    expect(reasons(feature)).toEqual({ looks: unnamed('@mutates') })
    expect(reasons(page(''))).toEqual({ looks: unnamed('@mutates') })
    const block = 'kubectl delete pod nats-0 -n kgents-agents'
    expect(reasons(page('@read-only').replace('true', block))).toEqual({
      looks: 'it runs kubectl delete pod, and "allow" in the file of staging doesn\'t name page',
    })
  })

  it('is nothing whose way back can not be gone there, named or not', () => {
    const undo = 'Scenario: back\n      Given the schedule is paused'
    expect(reasons(page('@mutates', undo), { allow: ['page'] })).toMatchObject({
      looks:
        'what it changes can\'t be undone there: in its part Undo, "the schedule is paused" needs the lab',
    })
  })

  it.each([
    'one of the three NATS servers is gone',
    'backups of the last 3 days are on the volume',
    'a step that nobody has written',
  ])('is nothing that arranges what only a lab may: %s', (step) => {
    const feature = page('@read-only').replace('the backup CronJob is deployed', step)
    expect(reasons(feature)).toEqual({ looks: `"${step}" needs the lab` })
  })

  it('is a drill only where there is a place for it', () => {
    const step = 'the second site holds every acknowledged message and every consumer'
    const feature = page('@read-only').replace('the backup CronJob is deployed', step)
    expect(reasons(feature)).toEqual({ looks: undefined })
    expect(reasons(feature, { secondSite: undefined })).toEqual({ looks: `"${step}" needs the lab` })
  })

  it('is nothing that begins as only a lab does', () => {
    const feature = page('@read-only').replace('    Scenario', '    @lab-only\n    Scenario')
    expect(reasons(feature)).toEqual({ looks: 'it begins as only a lab does (@lab-only)' })
  })
})

describe('the list of verbs that need no lab', () => {
  it('has none that no runbook reaches', () => {
    const texts = (paths: readonly string[]) =>
      paths.map((path) => ({ uri: path, text: readFileSync(join(checkout, path), 'utf8') }))
    const pages = parseFeatures(texts(globSync('features/**/*.feature', { cwd: checkout })))
    const allow = pages.flatMap(({ document, uri }) =>
      document.feature ? [runbookAddress(document.feature, uri)] : [],
    )
    const selection = new Selection({ name: 'staging', allow, secondSite: site })
    const steps = pages.flatMap(({ document, pickles }) =>
      pickles
        .filter((pickle) => !selection.leftOut({ pickle, gherkinDocument: document }))
        .flatMap((pickle) => pickle.steps.map(({ text }) => text)),
    )
    const tree = new Tree(
      new Map(texts(globSync('steps/*.steps.ts', { cwd: checkout })).map(({ uri, text }) => [uri, text])),
    )
    const definitions = stepFiles(tree).flatMap((file) => file.definitions)
    const reached = new Set(
      definitions
        .filter(({ pattern }) => steps.some((step) => pattern.test(step)))
        .flatMap(({ uses }) => (uses ?? []).map(({ noun, verb }) => `${noun}.${verb}`)),
    )
    expect(possibleVerbs.filter((verb) => !reached.has(verb))).toEqual([])
  })
})
