import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBlock } from '../shell/run-block'
import { hasLab, removeToolbox, sayLeftOut, startToolbox } from '../shell/test-toolbox'
import type { Toolbox } from '../shell/toolbox'
import { toolboxFiles } from './toolbox-files'

sayLeftOut('toolbox-files.test.ts')

describe.runIf(hasLab)('what blocks have written', () => {
  let toolbox: Toolbox

  beforeAll(async () => {
    toolbox = await startToolbox()
  })
  afterAll(() => removeToolbox(toolbox))

  it('is told, and gone for the next scenario; what kubectl remembers stays', async () => {
    const files = toolboxFiles(toolbox.container)
    expect(await files.difference()).toEqual([])
    const script =
      'mkdir -p /tmp/d ~/.aws ~/.kube/cache\ntouch /tmp/added "/tmp/d/a b" ~/.aws/config ~/.kube/cache/x\n'
    await runBlock(toolbox, script, { deadline: { name: 'a block', ms: 20_000 } })
    expect((await files.difference()).toSorted()).toEqual([
      expect.stringMatching(/^toolbox: .+\/\.aws$/),
      'toolbox: /tmp/added',
      'toolbox: /tmp/d',
      'toolbox: /tmp/d/a b',
    ])
    await files.putBack()
    expect(await files.difference()).toEqual([])
    const look = await runBlock(toolbox, 'ls ~/.kube/cache\n', { deadline: { name: 'a block', ms: 20_000 } })
    expect(look.exitCode).toBe(0)
  })
})
