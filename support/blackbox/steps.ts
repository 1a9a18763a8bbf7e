/** Steps for runbooks that are wrong on purpose: each breaks in its own way. */
export const steps = `
import { AfterAll, Before, BeforeAll, Given } from '@cucumber/cucumber'
import { HarnessMisused, LabBroken, RunbookFailed } from '../support/errors'

const account = { attempted: 'It did not work', next: 'Mend it' }
const { BREAK } = process.env

Given('it works', () => undefined)
Given('this is pending', () => 'pending')
Given('it is {word}', () => undefined)
Given('it is ambiguous', () => undefined)
Given('an error', () => { throw new Error('an error of its own') })
Given('the runbook fails', () => { throw new RunbookFailed('RBK_TEST', account) })
Given('the lab breaks', () => { throw new LabBroken('RBK_TEST', account) })
Given('the harness is misused', () => { throw new HarnessMisused('RBK_TEST', account) })
Given('the process ends', () => process.exit(0))

BeforeAll(() => { if (BREAK === 'BeforeAll') throw new Error('the first hook fails') })
Before(() => { if (BREAK === 'Before') throw new Error('a hook fails') })
AfterAll(() => { if (BREAK === 'AfterAll') throw new Error('the last hook fails') })
`
