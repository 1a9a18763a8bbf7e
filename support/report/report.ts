import type { Envelope, GherkinDocument } from '@cucumber/messages'
import { judgeRun } from '../gate/judge'
import { worst } from '../gate/verdict'
import { addressed, runbookAddress } from './address'
import { isExhibit } from './exhibit'
import { grouped } from './grouped'
import { labOf } from './lab'
import { leftOutOf } from './left-out-message'
import type { Report, Run, Runbook, ScenarioReport, Section, State, System } from './model'
import { dedent, readProse } from './prose'
import { type RunRecord, readRun } from './record'
import { scenariosIn } from './report-parts'
import { type Attempts, scenarioReports } from './scenario'
import { tagValues } from './tag-values'

/**
 * What a run's messages say, as its readers need it. A pure function: the same messages, the same report.
 *
 * @param envelopes  messages of one run, or of several one after another (shards, earlier runs)
 * @param flakyLimit how many procedures may pass only at a later attempt
 */
export function reportOf(envelopes: readonly Envelope[], flakyLimit?: number): Report {
  const record = readRun(envelopes)
  const leftOut = leftOutOf(envelopes)
  const run = { ...runOf(record, flakyLimit), ...(leftOut.length > 0 ? { leftOut } : {}) }
  return { run, systems: systemsOf(record) }
}

function runOf(record: RunRecord, flakyLimit?: number): Run {
  const { startedAt, finishedAt, busyMs } = record
  return {
    ...judgeRun(record, flakyLimit),
    ...(startedAt === undefined ? {} : { startedAt: iso(startedAt) }),
    ...(finishedAt === undefined ? {} : { finishedAt: iso(finishedAt) }),
    ...(busyMs === undefined ? {} : { durationMs: busyMs }),
    lab: labOf(record),
    tools: toolsOf(record),
  }
}

function toolsOf(record: RunRecord): Run['tools'] {
  const meta = record.metas.at(-1)
  const products = meta ? [meta.implementation, meta.runtime, meta.os] : []
  return products.map(({ name, version }) => ({ name, version: version ?? '' }))
}

function systemsOf(record: RunRecord): System[] {
  const attempts: Map<string, Attempts> = grouped(
    record.attempts,
    ({ pickle }) => `${pickle.uri}:${pickle.location?.line}`,
  )
  const documents = [...new Map(record.documents.map((document) => [document.uri, document])).values()]
  const systems = [...grouped(documents, (document) => systemName(document.uri ?? ''))].map(
    ([name, members]): System => ({
      name,
      title: titled(name),
      runbooks: members.flatMap((document) => runbookOf(document, attempts)),
    }),
  )
  const isExhibits = ({ runbooks }: System) => runbooks.length > 0 && runbooks.every(isExhibit)
  return [...systems.filter((system) => !isExhibits(system)), ...systems.filter(isExhibits)]
}

function runbookOf(document: GherkinDocument, attempts: Map<string, Attempts>): Runbook[] {
  const { feature, uri = '' } = document
  if (!feature) return []
  const address = runbookAddress(feature, uri)
  const tags = feature.tags.map((tag) => tag.name)
  const [severity] = tagValues(tags, 'severity')
  const sections = addressed(feature, address).map(
    ({ scenarios, rule, number, title, address }): Section => ({
      address,
      number,
      title,
      prose: dedent(rule?.description ?? '').trim(),
      scenarios: scenarios.flatMap((each) =>
        scenarioReports(document, rule, each.scenario, each.address, attempts),
      ),
    }),
  )
  const scenarios = scenariosIn({ sections })
  const durations = scenarios.flatMap((scenario) => scenario.durationMs ?? [])
  return [
    {
      address,
      formerly: tagValues(tags, 'formerly'),
      title: feature.name,
      uri,
      state: stateOf(scenarios),
      tags,
      personas: tagValues(tags, 'persona'),
      alerts: tagValues(tags, 'alert'),
      ...(severity === undefined ? {} : { severity }),
      mutates: !tags.includes('@read-only'),
      ...(tags.includes('@reversible') ? { reversible: true } : {}),
      ...(tags.includes('@irreversible') ? { reversible: false } : {}),
      degraded: tags.includes('@degraded'),
      prose: readProse(feature.description),
      ...(durations.length > 0 ? { durationMs: durations.reduce((sum, ms) => sum + ms, 0) } : {}),
      sections,
    },
  ]
}

function stateOf(scenarios: readonly ScenarioReport[]): State {
  const ran = scenarios.flatMap(({ state }) => (state === 'not run' ? [] : [{ verdict: state }]))
  return ran.length === 0 ? 'not run' : worst(ran).verdict
}

/** The folder of a runbook, under features/ when there is one. */
function systemName(uri: string): string {
  const folders = uri.split('/').slice(0, -1)
  const root = folders.lastIndexOf('features')
  return folders.slice(root + 1).join('/') || (folders.at(-1) ?? '')
}

const acronyms = new Set(['nats', 's3', 'iam', 'pvc', 'dr', 'rto', 'rpo', 'aws'])

function titled(name: string): string {
  const words = name.split(/[-_]/).map((word) => (acronyms.has(word) ? word.toUpperCase() : word))
  const [first = '', ...rest] = words
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}

function iso(millis: number): string {
  return new Date(millis).toISOString()
}
