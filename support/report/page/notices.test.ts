import { describe, expect, it } from 'vitest'
import { reportOf } from '../report'
import { cucumberRun } from '../testing/cucumber-run'
import { flaky } from '../testing/flaky'
import { page as render } from './page'

const block = '"""'

async function pageOf(tag: string, exitCode = 0, behindLines: readonly number[] = []): Promise<string> {
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
        attach: [['cutoffs', { behindLines }]],
        ...(exitCode === 0 ? {} : { fails: 'exit code 1' }),
      },
    }),
  }
  return render(reportOf((await cucumberRun(files)).envelopes))
}

describe('a page says', () => {
  const again = 'Cut off in the middle? Paste it again from the top: shown for a cut'
  const exhibit = 'An exhibit, not a procedure'

  it('that a block can be pasted again, where a run has shown it, and behind which lines', async () => {
    expect(await pageOf('@interruptible', 0, [1])).toContain(`${again} behind line 1.`)
    expect(await pageOf('@interruptible', 0, [1, 3])).toContain(`${again} behind lines 1, 3.`)
    expect(await pageOf('@interruptible', 0, [])).not.toContain('Cut off in the middle?')
    expect(await pageOf('@interruptible', 1, [1])).not.toContain('Cut off in the middle?')
  })

  it('that nobody is to paste what only shows a known defect', async () => {
    expect(await pageOf('@known-defect:S1', 1)).toContain(exhibit)
    expect(await pageOf('@slow')).not.toContain(exhibit)
  })

  it('that a procedure passed only when it was tried again, at its heading', async () => {
    const page = render(reportOf((await cucumberRun(flaky, ['--retry', '1'])).envelopes))
    expect(page).toMatch(/<h4>(?:(?!<\/h4>).)*<span class="flaky">passed at attempt 2<\/span>/s)
    expect(page).toContain('Attempt 1: failed, “the request was lost”')
    expect(page).toContain('data-facts="is:passed is:flaky')
    expect(await pageOf('@slow')).not.toMatch(/class="flaky"|data-facts="[^"]*is:flaky/)
  })
})
