import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chapters } from '../docs/chapters'
import { goodPage } from '../lint/testing/good-page'
import { temporaryCheckout } from './checkout'
import { steps } from './steps'

const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const waiver = (of: string) => `- of: ${of}\n  because: it is not in this checkout\n  until: ${nextMonth}\n`

const scripts = ['backup', 'backup-status', 'restore', 'lib/messages.bash']
const modes = chapters.find(({ id }) => id === 'degraded-modes')?.runbooks ?? []
const waived = modes.map((mode) => waiver(`degraded mode ${mode}`)).join('')
const files = {
  'features/good.feature': goodPage(),
  'steps/all.steps.ts': steps,
  ...Object.fromEntries(scripts.map((name) => [`fixtures/images/nats-backup/${name}`, '#!/bin/bash\n'])),
  'docs/waivers.yaml': waived,
  'docs/catalogue.yaml': '{}\n',
}

it('results of other scripts or steps are no proof of these', async () => {
  using made = temporaryCheckout(files)
  await made.runbook('run')
  expect(await made.runbook('coverage')).toMatchObject({ exitCode: 0 })
  appendFileSync(join(made.folder, 'fixtures/images/nats-backup/backup'), 'exit 1\n')
  const changed = expect.stringContaining('scripts, manifests or packages have changed since the last run')
  for (const args of [['coverage'], ['docs', '--check']])
    expect(await made.runbook(...args)).toMatchObject({ exitCode: 2, output: changed })
  for (const args of [['list'], ['show', 'good']])
    expect(await made.runbook(...args)).toMatchObject({ exitCode: 0, output: changed })
})

it('runbook coverage ends with what is to be done, and lists no gaps of a run that it can’t read', async () => {
  using made = temporaryCheckout(files)
  await made.runbook('run')
  expect(await made.runbook('coverage')).toMatchObject({ exitCode: 0 })
  const waivers = join(made.folder, 'docs/waivers.yaml')
  writeFileSync(waivers, waived + waiver('block nosuch.1.1'))
  expect(await made.runbook('coverage')).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('nothing published is “block nosuch.1.1”: take the waiver out'),
  })
  writeFileSync(waivers, waived)
  const messages = join(made.folder, 'reports/messages.ndjson')
  const whole = readFileSync(messages, 'utf8')
  for (const [damaged, what] of [
    [whole.replace(/^\{"testCase":.*\n/m, ''), 'is a testCaseStarted of a testCase that isn’t there'],
    [whole.replace('\n', '\n{"half\n'), 'messages.ndjson line 2 is not JSON'],
  ] as const) {
    writeFileSync(messages, damaged)
    const { exitCode, output } = await made.runbook('coverage')
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining(what) })
    expect(output).not.toContain('not shown')
  }
})
