import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { isExhibit } from '../report/exhibit'
import { parseFeatures, readFeatureFiles } from '../report/feature-files'
import type { Report } from '../report/model'
import { reportOf } from '../report/report'
import { stalePages } from './generated'
import { quickStartPage, runbookPage, saasFlaws, saasPages } from './saas-pages'

const restoreFails = `@runbook:restore-fails @persona:on-call @mutates @irreversible
Feature: A restore fails | or hangs
  **Use when** \`restore\` fails; not for <data>. See *Set up the NATS backup*, or
  nats-backup/set-up.

  **What fails** the restore | the drill.

  **What still works** all of \`a|b\`.

  **For how long** an hour.

  **What to do** wait.

  Background:
    Given NATS holds data that its publishers were told is safe

  Rule: 1 Check
    Look first.

    Scenario: "no *answer*": the site is down
      Given the backup shell is open
      And 3 archives are lost
      When the operator runs:
        \`\`\`bash
        echo '"""' # <- \\\`\\\`\\\`

        restore
        \`\`\`
      Then the command fails with "say \\"no\\" to \`it\`"
      And 2 archives are on the volume
      When the site answers again
      And the operator runs:
        """bash
        kubectl get jobs
        """
      Then the output shows "done"
      And the Job "x_y" completes
`

const quickStart = `@runbook:quick-start
Feature: Set up the NATS backup, now
  Rule: 2 Then
    Scenario: Second
      When the operator runs:
        """bash
        kubectl get pods
        """
`

const report: Report = reportOf(
  parseFeatures([
    { uri: 'features/nats-restore/restore-fails.feature', text: restoreFails },
    { uri: 'features/nats-backup/set-up.feature', text: quickStart },
  ]).map(({ document }) => ({ gherkinDocument: document })),
)

describe('docs/saas/runbook.md', () => {
  const page = runbookPage(report)
  const from = page.indexOf('<a id="restore-fails.1.1">')

  it('has a procedure as an operator goes through it: no faults and no counts of the lab', () => {
    expect(page.slice(from)).toBe(`<a id="restore-fails.1.1"></a>

##### 1.1 "no \\*answer\\*": the site is down

[\`#restore-fails.1.1\`](../../features/nats-restore/restore-fails.feature) · Needs the backup shell: [open it](#backup-content.1.1).

1.1.1 · **changes** (\`restore\`) · shows the error, and mends nothing

\`\`\`\`bash
echo '"""' # <- \`\`\`

restore
\`\`\`\`

Expect:

- fails with \`\` say "no" to \`it\` \`\`

When the site answers again:

1.1.2 · reads

\`\`\`bash
kubectl get jobs
\`\`\`

Expect:

- prints \`done\`
- the Job \`x_y\` completes
`)
  })

  it('begins with contents, in the order of the chapters', () => {
    const links = [...page.matchAll(/^ *- \[.*\]\(#(.*)\)$/gm)].map(([, address]) => address)
    expect(links.at(0)).toBe('quick-reference-card')
    expect(links.slice(-2)).toEqual(['degraded-modes', 'restore-fails'])
  })

  it('has the degraded modes in a table that no pipe breaks', () => {
    expect(page).toContain(
      '| [A restore fails \\| or hangs](#restore-fails) | The restore \\| the drill. | All of `a\\|b`. | An hour. | Wait. |',
    )
  })

  it('finds a procedure by the words that somebody sees', () => {
    expect(page).toContain(
      '| ["no \\*answer\\*": the site is down](#restore-fails.1.1) | A restore fails \\| or hangs |',
    )
  })

  it('links to other runbooks, and lets no prose be taken for HTML', () => {
    expect(page).toContain(
      'not for &lt;data>. See [Set up the NATS backup](backup-quickstart.md#quick-start), or\n[nats-backup/set-up](backup-quickstart.md#quick-start).',
    )
  })

  it('is as before whatever a run has shown', () => {
    const { systems } = JSON.parse(JSON.stringify(report)) as Report
    const ran = systems.map((system) => ({
      ...system,
      runbooks: system.runbooks.map((runbook) => ({ ...runbook, state: 'failed' as const, durationMs: 5 })),
    }))
    expect(runbookPage({ ...report, systems: ran })).toBe(page)
  })
})

describe('docs/saas/backup-quickstart.md', () => {
  it('is the quick start alone', () => {
    const page = quickStartPage(report)
    expect(page).toContain('# Set up the NATS backup, now')
    expect(page).toContain('- [2 Then](#quick-start.2)')
    expect(page).not.toContain('A restore fails')
  })
})

describe('what is wrong with the features', () => {
  it('is a runbook in no chapter, and a chapter without its runbook', () => {
    const flaws = saasFlaws(
      reportOf(
        parseFeatures([{ uri: 'features/x/y.feature', text: 'Feature: y\n  Scenario: z\n    When x\n' }]).map(
          ({ document }) => ({ gherkinDocument: document }),
        ),
      ),
    )
    expect(flaws).toContain(
      'features/x/y.feature: y is in no chapter of docs/saas/runbook.md; add it in support/docs/chapters.ts',
    )
    expect(flaws).toContain('support/docs/chapters.ts: no feature has the address quick-start; take it out')
  })

  it('is a degraded mode that doesn’t say what still works', () => {
    const text = restoreFails.replace('**What still works**', '**What works**')
    const flaws = saasFlaws(
      reportOf(
        parseFeatures([{ uri: 'features/x/restore-fails.feature', text }]).map(({ document }) => ({
          gherkinDocument: document,
        })),
      ),
    )
    expect(flaws).toContain(
      'features/x/restore-fails.feature: a degraded mode, and no paragraph begins with **What still works**',
    )
  })
})

describe('the runbooks of this repository', () => {
  const own = reportOf(readFeatureFiles().map(({ document }) => ({ gherkinDocument: document })))

  it('are all in a chapter, and every link leads somewhere', () => {
    expect(saasFlaws(own)).toEqual([])
    const pages = { 'runbook.md': runbookPage(own), 'backup-quickstart.md': quickStartPage(own) }
    const ids = Object.entries(pages).flatMap(([name, page]) =>
      [...page.matchAll(/<a id="(.*?)">/g)].map(([, id]) => `${name}#${id}`),
    )
    expect(new Set(ids).size).toBe(ids.length)
    const links = Object.entries(pages).flatMap(([name, page]) =>
      [...page.matchAll(/\]\(((?:[\w-]+\.md)?#.*?)\)/g)].map(([, to = '']) =>
        to.startsWith('#') ? `${name}${to}` : to,
      ),
    )
    expect(links.length).toBeGreaterThan(100)
    expect(links.filter((link) => !ids.includes(link))).toEqual([])
  })

  it('are in docs/saas/ as they are in features/', () => {
    const stale = stalePages(saasPages(own), join(checkout, 'docs'))
    expect(stale, 'write them anew: npx runbook docs').toEqual([])
  })

  it('have every block on a page, byte for byte', () => {
    const pages = runbookPage(own) + quickStartPage(own)
    const blocks = own.systems
      .flatMap(({ runbooks }) => runbooks.filter((runbook) => !isExhibit(runbook)))
      .flatMap(({ sections }) => sections)
      .flatMap(({ scenarios }) => scenarios.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)))
    expect(blocks.length).toBeGreaterThan(100)
    expect(blocks.filter(({ script }) => !pages.includes(`\`\`\`bash\n${script}\n\`\`\``))).toEqual([])
  })
})
