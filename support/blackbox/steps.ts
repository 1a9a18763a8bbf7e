/** Steps for runbooks that are wrong on purpose: each breaks in its own way. */
export const steps = `
import { AfterAll, Before, BeforeAll, Given } from '@cucumber/cucumber'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
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
Given('the machine dies', async () => {
  if (BREAK !== 'machine') return
  // When all that came before is on the disk.
  const last = () => readFileSync('reports/messages.ndjson', 'utf8').trimEnd().split('\\n').at(-1) ?? ''
  while (!last().startsWith('{"testStepStarted"')) await setImmediate()
  process.kill(process.pid, 'SIGKILL')
})
Given('it works now and then', () => {
  if (BREAK === 'now and then' && !existsSync('tried')) {
    writeFileSync('tried', '')
    throw new RunbookFailed('RBK_TEST', account)
  }
})
Given('it is edited in run 2', () => {
  if (BREAK === 'edit' && existsSync('reports/repeat/1-gate.json'))
    appendFileSync('features/one.feature', '# edited')
})

BeforeAll(() => { if (BREAK === 'BeforeAll') throw new Error('the first hook fails') })
BeforeAll(() => { if (BREAK === 'lanes') process.kill(process.pid, 'SIGKILL') })
Before(() => { if (BREAK === 'Before') throw new Error('a hook fails') })
AfterAll(() => { if (BREAK === 'AfterAll') throw new Error('the last hook fails') })
`
