import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Document, LineCounter } from 'yaml'
import { nearest } from '../nearest'
import { found, type LintFinding, type Spot } from './finding'
import type { KnownPage } from './known-pages'
import type { Page } from './page'

/** An alert, and where its rule is. */
interface Alert {
  readonly name: string
  readonly spot: Spot
}

/**
 * Alerts without a page, and pages for alerts that don't exist. As long as there is no PrometheusRule at all, pages may
 * name alerts of elsewhere.
 *
 * @param root  the checkout
 * @param pages those that were read
 * @param known every page there is
 */
export function alertFindings(
  root: string,
  pages: readonly Page[],
  known: readonly KnownPage[],
): LintFinding[] {
  const { alerts, findings } = readAlerts(root)
  // Who asks about one page isn't told of what others lack.
  const all = known.length === pages.length
  return [
    ...(all ? [...findings, ...withoutPage(alerts, known)] : []),
    ...(alerts.length > 0 ? pages.flatMap((page) => withoutAlert(page, alerts)) : []),
  ]
}

function withoutPage(alerts: readonly Alert[], known: readonly KnownPage[]): LintFinding[] {
  const covered = new Set(known.flatMap((page) => page.alerts))
  return alerts
    .filter(({ name }) => !covered.has(name))
    .map(({ name, spot }) =>
      found(
        'alerts',
        spot,
        `no runbook is for the alert ${name}`,
        `tag the page that mends it @alert:${name}`,
      ),
    )
}

function withoutAlert({ uri, feature }: Page, alerts: readonly Alert[]): LintFinding[] {
  const names = alerts.map(({ name }) => name)
  return feature.tags.flatMap(({ name: tag, location: { line } }) => {
    const [, alert] = /^@alert:(.+)$/.exec(tag) ?? []
    if (alert === undefined || names.includes(alert)) return []
    const [meant] = nearest(alert, names, 1)
    const mend =
      meant === undefined ? 'name one that is there, or remove the tag' : `did you mean @alert:${meant}?`
    return [found('alerts', { uri, line }, `no PrometheusRule under fixtures/ has the alert ${alert}`, mend)]
  })
}

function readAlerts(root: string) {
  const manifests = globSync('fixtures/**/*.{yaml,yml}', { cwd: root })
    .toSorted()
    .map((uri) => ({ uri, text: readFileSync(join(root, uri), 'utf8') }))
    .filter(({ text }) => /\bkind:\s*["']?PrometheusRule\b/.test(text))
  const read = manifests.map(({ uri, text }) => alertsIn(uri, text))
  return { alerts: read.flatMap(({ alerts }) => alerts), findings: read.flatMap(({ findings }) => findings) }
}

function alertsIn(uri: string, text: string): { alerts: Alert[]; findings: LintFinding[] } {
  // Most runs read no manifest, and don't pay for the parser.
  const yaml = require('yaml') as typeof import('yaml')
  const lines = new yaml.LineCounter()
  const documents = yaml.parseAllDocuments(text, { lineCounter: lines })
  const errors = documents.flatMap((document) => document.errors)
  return {
    alerts: documents.flatMap((document) => alertsOf(document, uri, lines)),
    findings: errors.map(({ message, pos: [offset] }) =>
      found(
        'alerts',
        { uri, line: lines.linePos(offset).line },
        message.split('\n')[0] ?? '',
        'mend the YAML',
      ),
    ),
  }
}

function alertsOf(document: Document.Parsed | Document, uri: string, lines: LineCounter): Alert[] {
  const { isScalar, isSeq } = require('yaml') as typeof import('yaml')
  if (document.get('kind') !== 'PrometheusRule') return []
  const items = (node: unknown) =>
    isSeq<{ get?: (key: string, keep: boolean) => unknown }>(node) ? node.items : []
  const groups = items(document.getIn(['spec', 'groups'], true))
  return groups
    .flatMap((group) => items(group.get?.('rules', true)))
    .flatMap((rule) => {
      const alert = rule.get?.('alert', true)
      if (!isScalar(alert)) return []
      return [{ name: String(alert.value), spot: { uri, line: lines.linePos(alert.range?.[0] ?? 0).line } }]
    })
}
