import { describe, expect, it } from 'vitest'
import { alertFindings } from './alerts'
import { knownPages } from './known-pages'
import { goodPage } from './testing/good-page'
import { checkoutWith, pageOf } from './testing/linted'

const rules = `kind: ConfigMap
---
kind: PrometheusRule
spec:
  groups:
    - name: backup
      rules:
        - record: nats_backup:age
          expr: time()
        - alert: NATSBackupMissing
          expr: absent(x)
    - name: velero
      rules:
        - alert: VeleroBackupFailed
`

function found(files: Readonly<Record<string, string>>, ...tags: string[]): string[] {
  const root = checkoutWith(files)
  const pages = tags.map((tag, n) =>
    pageOf(goodPage({ address: `p${n}`, tags: tag }), `features/p${n}.feature`),
  )
  return alertFindings(root, pages, knownPages(root, pages)).map(
    ({ at, what, mend }) => `${at} ${what}: ${mend}`,
  )
}
const manifest = { 'fixtures/monitoring/rules.yaml': rules }

describe('alertFindings', () => {
  it('finds nothing as long as there are no rules, nor where each alert has a page', () => {
    expect(found({ 'fixtures/x.yaml': 'kind: ConfigMap\n' }, '@alert:Elsewhere')).toEqual([])
    expect(found({}, '')).toEqual([])
    expect(found(manifest, '@alert:NATSBackupMissing', '@alert:VeleroBackupFailed')).toEqual([])
  })

  it('finds alerts without a page', () => {
    expect(found(manifest, '@alert:NATSBackupMissing')).toEqual([
      'fixtures/monitoring/rules.yaml:14 no runbook is for the alert VeleroBackupFailed: tag the page that mends it @alert:VeleroBackupFailed',
    ])
  })

  it('finds pages for alerts that don’t exist', () => {
    expect(
      found(manifest, '@alert:NATSBackupMissing @alert:VeleroBackupFaild', '@alert:VeleroBackupFailed'),
    ).toEqual([
      'features/p0.feature:1 no PrometheusRule under fixtures/ has the alert VeleroBackupFaild: did you mean @alert:VeleroBackupFailed?',
    ])
  })

  it('tells who asks about one page of that page only', () => {
    const files = { ...manifest, 'features/other.feature': goodPage({ address: 'other' }) }
    expect(found(files, '@alert:NATSBackupMissing')).toEqual([])
  })

  it('finds rules that can’t be read', () => {
    expect(found({ 'fixtures/rules.yml': 'kind: PrometheusRule\nspec: [\n' }, '')).toEqual([
      expect.stringContaining('fixtures/rules.yml:'),
    ])
    expect(found({ 'fixtures/rules.yml': 'kind: PrometheusRule\nspec:\n  groups: none\n' }, '')).toEqual([])
  })
})
