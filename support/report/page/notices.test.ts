import { describe, expect, it } from 'vitest'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { page as render } from './page'

const block = '"""'

async function pageOf(tag: string, exitCode = 0): Promise<string> {
  const files = {
    'features/x/y.feature': `@runbook:y
Feature: Y
  Rule: 1 Check
    ${tag}
    Scenario: a
      **Fails with** exit code 1

      When the operator runs:
        ${block}bash
        do a
        ${block}
`,
    'outcomes.json': JSON.stringify({
      'do a': {
        run: { durationMs: 5, exitCode, output: [{ stream: 'stdout', text: 'ok\n' }] },
        ...(exitCode === 0 ? {} : { fails: 'exit code 1' }),
      },
    }),
  }
  return render(reportOf((await cucumberRun(files)).envelopes))
}

describe('a page says', () => {
  const again = 'Cut off in the middle?'
  const exhibit = 'An exhibit, not a procedure'

  it('that a procedure can be pasted again, where a run has shown it', async () => {
    expect(await pageOf('@interruptible')).toContain(again)
    expect(await pageOf('@slow')).not.toContain(again)
    expect(await pageOf('@interruptible', 1)).not.toContain(again)
  })

  it('that nobody is to paste what only shows a known defect', async () => {
    expect(await pageOf('@known-defect:S1', 1)).toContain(exhibit)
    expect(await pageOf('@slow')).not.toContain(exhibit)
  })
})
