import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HarnessMisused, RunbookFailed } from '../errors'
import { Mask } from '../evidence/mask'
import { Operator } from './operator'
import { hasLab, removeToolbox, sayLeftOut, startToolbox } from './test-toolbox'
import type { Toolbox } from './toolbox'

sayLeftOut('operator.test.ts')

describe.runIf(hasLab)('a step that says "the command fails with"', () => {
  const reports = mkdtempSync(join(tmpdir(), 'runbook-operator-'))
  let toolbox: Toolbox
  const operator = () => new Operator(toolbox, new Mask([]), reports, () => undefined, undefined)

  beforeAll(async () => {
    toolbox = await startToolbox()
  })
  afterAll(async () => {
    rmSync(reports, { recursive: true })
    await removeToolbox(toolbox)
  })

  it('passes when the command failed and printed that', async () => {
    const sam = operator()
    await sam.run('echo already exists; false', true)
    expect(() => sam.failsWith('already exists')).not.toThrow()
  })

  it('fails when the command printed something else', async () => {
    const sam = operator()
    await sam.run('echo not found; false', true)
    expect(thrownBy(() => sam.failsWith('already exists'))).toMatchObject({ code: 'RBK_OUTPUT' })
  })

  it('fails when the command printed that and did not fail', async () => {
    const sam = operator()
    await sam.run('echo already exists')
    const thrown = thrownBy(() => sam.failsWith('already exists'))
    expect(thrown).toBeInstanceOf(RunbookFailed)
    expect(thrown).toMatchObject({ code: 'RBK_DID_NOT_FAIL' })
  })

  it('is misuse when no command ran', () => {
    expect(thrownBy(() => operator().failsWith('already exists'))).toBeInstanceOf(HarnessMisused)
  })
})

function thrownBy(act: () => void): unknown {
  try {
    act()
  } catch (thrown) {
    return thrown
  }
  return undefined
}
