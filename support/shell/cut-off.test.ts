import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Mask } from '../evidence/mask'
import { cutOffs, cutOffsMediaType } from './cut-off'
import { Operator } from './operator'
import { hasLab, removeToolbox, sayLeftOut, startToolbox } from './test-toolbox'
import type { Toolbox } from './toolbox'

sayLeftOut('cut-off.test.ts')

describe.runIf(hasLab)('a block that is cut off', () => {
  const reports = mkdtempSync(join(tmpdir(), 'runbook-cut-off-'))
  let toolbox: Toolbox

  beforeAll(async () => {
    toolbox = await startToolbox()
  })
  afterAll(async () => {
    rmSync(reports, { recursive: true })
    await removeToolbox(toolbox)
  })

  /** Runs a block as in a scenario that is tagged @interruptible. @returns what the report is told of its cut-offs */
  async function interrupted(script: string): Promise<string[]> {
    const said: string[] = []
    const attach = (body: string, type: string) => void (type === cutOffsMediaType && said.push(body))
    await new Operator(toolbox, new Mask([]), reports, attach, undefined).run(script, false, true)
    return said
  }

  it('ends behind a whole command: not in a loop, a here-document or behind a backslash', async () => {
    const script = [
      'A=1',
      '',
      '# a comment',
      'for each in 1 2; do',
      '  echo "$each"',
      'done',
      'cat <<END',
      'text',
      'END',
      'echo \\',
      '  more',
      "echo 'it",
      "is'",
      'echo last',
      '',
    ].join('\n')
    const lines = (await cutOffs(toolbox, script)).map((each) => each.split('\n').length - 1)
    expect(lines).toEqual([1, 6, 9, 11, 13])
    expect(await cutOffs(toolbox, 'echo one\n')).toEqual([])
  })

  it('is pasted again from the top, and says so', async () => {
    const said = await interrupted('mkdir -p /tmp/again\ntouch /tmp/again/x\nls /tmp/again\n')
    expect(said).toEqual(['{"behindLines":[1,2]}'])
    expect(await interrupted('(\n  true\n  true\n)\n')).toEqual(['{"behindLines":[]}'])
  })

  it('is red when it can’t be pasted again', async () => {
    await expect(interrupted('mkdir /tmp/once\ntouch /tmp/once/x\nls /tmp/once\n')).rejects.toMatchObject({
      code: 'RBK_NOT_AGAIN',
      message: expect.stringMatching(/Cut off and pasted again from the top[\s\S]*mkdir \/tmp\/once/),
    })
  })
})
