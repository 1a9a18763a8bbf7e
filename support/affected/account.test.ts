import { describe, expect, it } from 'vitest'
import { accountOf } from './account'
import { select } from './testing/small-checkout'

describe('the account', () => {
  const account = (changed: string | readonly string[]) =>
    accountOf(select(changed), 'main', [changed].flat().length)

  it('has a line for each runbook, with what leads to it', () => {
    expect(account(['fixtures/images/tool/lib/restoring.bash', 'docs/x.md'])).toBe(
      `2 changed files since main can affect 2 of 5 runbooks:
  drill    fixtures/images/tool/lib/restoring.bash, which restore uses, which the CronJob drill runs, which its commands name
  restore  fixtures/images/tool/lib/restoring.bash, which restore uses, which its commands run

No runbook depends on:
  docs/x.md: a page to read`,
    )
    expect(account(['features/b/slow.feature', 'support/slow.ts'])).toBe(
      `2 changed files since main can affect 1 of 5 runbooks:
  slow  features/b/slow.feature itself (and 1 more of the changed files)`,
    )
  })

  it('has one for all of them', () => {
    expect(account('support/lane.ts')).toBe(`1 changed file since main can affect all 5 runbooks:
  support/lane.ts, which hooks.ts imports, which every run uses`)
  })

  it('says why none is', () => {
    expect(
      account(['support/shell.test.ts']),
    ).toBe(`1 changed file since main can affect none of the 5 runbooks.

No runbook depends on:
  support/shell.test.ts: no procedure loads it`)
  })
})
