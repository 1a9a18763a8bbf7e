import { describe, expect, it } from 'vitest'
import { temporaryCheckout } from './checkout'

const feature = `@runbook:good @persona:operator
Feature: Good
  **Use when** all is well.

  Rule: 2 Fix
    Scenario: one
      When the operator runs:
        """bash
        kubectl get pods -n kgents-agents -l app=nats-backup --field-selector=status.phase=Running -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName
        """
      Then the output shows "${'x'.repeat(40)}"
`
const files = { 'features/x/good.feature': feature, 'reports/messages.ndjson': 'damaged\n' }

describe('runbook show', () => {
  it('prints a procedure without a lab, a run or a browser', async () => {
    using made = temporaryCheckout(files)
    const { exitCode, output } = await made.runbook('show', 'good#2.1')
    expect(exitCode).toBe(0)
    expect(output).toContain(
      '\n\nkubectl get pods -n kgents-agents -l app=nats-backup --field-selector=status.phase=Running -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName\n\n',
    )
    expect(output).toMatch(/^The last run can’t be read, .*messages\.ndjson line 1 is not JSON$/m)
  })

  it('ends with 2 for a name that nothing has', async () => {
    using made = temporaryCheckout(files)
    expect(await made.runbook('show', 'god')).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('Did you mean good?'),
    })
    expect(await made.runbook('show')).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('Leave the # out'),
    })
    expect(await made.runbook('search', 'nosuchword')).toMatchObject({ exitCode: 2 })
  })

  it('says nothing when its reader has seen enough', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [
        `features/x/f${n}.feature`,
        feature.replace('@runbook:good', `@runbook:f${n}`).replace('all is well', `${n} `.repeat(200)),
      ]),
    )
    using made = temporaryCheckout(many)
    const command = 'set -o pipefail; node support/cli/bootstrap.cjs list | head -n 1'
    expect(await made.run('bash', ['-c', command])).toEqual({ exitCode: 0, signal: undefined, output: 'X' })
  })
})
