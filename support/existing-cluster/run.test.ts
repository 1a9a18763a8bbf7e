import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { runsWithout } from '../gate/left-out'
import { parseFeatures } from '../report/feature-files'
import { variable } from './asked'
import { select } from './run'

const folder = mkdtempSync(join(tmpdir(), 'runbook-cluster-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const server = 'https://10.0.0.1:6443'
const feature = `@runbook:page @read-only
Feature: Page
  Rule: 1 Check
    Scenario: looks
      Given the backup CronJob is deployed
    @degraded
    Scenario: is under a fault
      Given the backup CronJob is deployed
`

it('keeps for the report what of a selection does not run there', () => {
  const kubeconfig = {
    contexts: [{ name: 'staging', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'long-enough-token' } }],
  }
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig))
  const nats = { server: 'nats://10.0.0.2:4222', user: 'app', password: 'long-enough' }
  const settings = { kubeconfig: 'kubeconfig', context: 'staging', server, nats }
  writeFileSync(join(folder, 'staging.yaml'), JSON.stringify(settings))
  vi.stubEnv(variable, join(folder, 'staging.yaml'))

  const candidates = parseFeatures([{ uri: 'features/x/page.feature', text: feature }]).flatMap(
    ({ document, pickles }) => pickles.map((pickle) => ({ pickle, gherkinDocument: document })),
  )
  const told: string[] = []
  const run = select(candidates, (line) => told.push(line))
  expect(run.map(({ pickle }) => pickle.name)).toEqual(['looks'])
  expect(runsWithout()).toEqual([
    'left out, it is @degraded, and "allow" in the file of staging doesn\'t name page: features/x/page.feature:7',
  ])
  expect(told.slice(1)).toEqual(runsWithout())
})
