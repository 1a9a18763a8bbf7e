import { describe, expect, it } from 'vitest'
import { crossReferenceFindings } from './cross-references'
import { knownPages } from './known-pages'
import { goodPage } from './testing/good-page'
import { checkoutWith, pageOf } from './testing/linted'

const root = checkoutWith({
  'features/nats-backup/security.feature':
    '# A remark: @alert:None\n@runbook:backup-security @formerly:stolen-key\nFeature: What to do when a key is stolen\n',
  'features/nats-restore/drill.feature': '@runbook:restore-drill\nFeature: Drill a restore: why and how\n',
})

function found(prose: string): string[] {
  const page = pageOf(goodPage().replace('Nothing does.', prose), 'features/nats-backup/good.feature')
  return crossReferenceFindings(page, knownPages(root, [page])).map(
    ({ line, what, mend }) => `${line} ${what}: ${mend}`,
  )
}

describe('crossReferenceFindings', () => {
  it.each([
    'See *Drill a restore*, and *What to do when\n    a key is stolen*.',
    'See restore-drill, the page backup-security, or nats-restore/drill. Itself: good.',
    'See `restore-nothing` and `*No title*`. A cron line 0 2 * * * and **bold**.',
    'In kgents-agents/x, nats/s3 and fixtures/nats-backup/gone. A key-value bucket, as in NATS.',
  ])('lets through what leads somewhere, or isn’t meant to: %s', (prose) => {
    expect(found(prose)).toEqual([])
  })

  it.each([
    [
      'As said,\n    in *Drill a restorr*.',
      '17 no runbook is called Drill a restorr: did you mean *Drill a restore: why and how*?',
    ],
    [
      '*Never*',
      '16 no runbook is called Never: in italics stands the title of a page, or its beginning; what is emphasised stands between **',
    ],
    [
      'Look at nats-backup/securty.',
      '16 no runbook is called nats-backup/securty: did you mean nats-backup/security?',
    ],
    ['See restore-dril.', '16 no runbook is called restore-dril: did you mean restore-drill?'],
    ['as in stolen-key', '16 no runbook is called stolen-key: it is called backup-security now'],
    [
      'is on the page something-else.',
      '16 no runbook is called something-else: npx runbook list has them all; the name of something else stands between `',
    ],
  ])('finds what leads nowhere: %s', (prose, what) => {
    expect(found(prose)).toEqual([what])
  })
})
