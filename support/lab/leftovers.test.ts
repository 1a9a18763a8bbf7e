import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../eventually'
import { hasLab, sayLeftOut } from '../shell/test-toolbox'
import { entry, readCatalogue } from './catalogue'
import { docker } from './docker'
import { useEngine } from './engine'
import { removeContainers } from './leftovers'

sayLeftOut('leftovers.test.ts')

const label = 'runbook-test=leftovers'

async function listed(): Promise<string> {
  return String((await docker(['ps', '--all', '--quiet', '--filter', `label=${label}`])).stdout)
}

describe.runIf(hasLab)('what a killed start left behind', () => {
  beforeAll(async () => {
    await useEngine(() => undefined)
  })
  afterAll(() => removeContainers(label))

  it('is removed even when the engine still makes it', async () => {
    const { reference } = entry(readCatalogue().images, 'toolbox')
    // The folder is copied into the volume, which takes a second or more: in that time the start is killed.
    const client = spawn('docker', ['create', '--label', label, '--volume', '/usr', reference])
    const closed = once(client, 'close')
    await eventually({ name: 'the container', ms: 60_000 }, async () =>
      (await listed()) ? { found: undefined } : { seen: 'none' },
    )
    client.kill('SIGKILL')
    // One that had ended by itself would have left a container that is made, and shown nothing.
    expect(await closed).toEqual([null, 'SIGKILL'])
    await removeContainers(label)
    expect(await listed()).toBe('')
  })
})
