import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eventually } from '../eventually'
import { goodPage } from '../lint/testing/good-page'
import { ProcessLock } from '../process-lock'
import { temporaryCheckout } from './checkout'
import { steps } from './steps'

it('a run waits for one that goes on in the same checkout, and touches nothing of it meanwhile', async () => {
  using checkout = temporaryCheckout({
    'features/one.feature': goodPage({ check: 'Scenario: done\n  Given it works' }),
    'steps/all.steps.ts': steps,
  })
  const reports = join(checkout.folder, 'reports')
  const lock = new ProcessLock(join(reports, '.lock'), 'reports')
  // This process stands for the run that goes on.
  const giveBack = await lock.take({ ms: 0, waiting: () => undefined })
  const messages = join(reports, 'messages.ndjson')
  writeFileSync(messages, 'of the run that goes on')
  writeFileSync(join(reports, 'gate.json'), '{}')
  const said = join(checkout.folder, 'said')
  const later = checkout.run('bash', ['-c', `node support/cli/bootstrap.cjs run 2>${said}`])
  await eventually({ name: 'a run that waits', ms: 20_000 }, async () => {
    const text = existsSync(said) ? readFileSync(said, 'utf8') : ''
    return text.includes('waiting for it to finish') ? { found: undefined } : { seen: text }
  })
  expect(readFileSync(said, 'utf8')).toContain(
    `another run (process ${process.pid}) has reports/ of this checkout`,
  )
  expect(readFileSync(messages, 'utf8')).toBe('of the run that goes on')
  giveBack()
  expect(await later).toMatchObject({ exitCode: 0 })
  expect(JSON.parse(readFileSync(join(reports, 'gate.json'), 'utf8'))).toMatchObject({ verdict: 'passed' })
  expect(lock.holder).toBeUndefined()
})
