import { describe, expect, it } from 'vitest'
import { HarnessMisused } from '../errors'
import { ActiveFault, type Fault } from './fault'
import { FaultsOf } from './faults-of'

/** Faults that are names in a set while they are in force. */
function faultsIn(inForce: Set<string>) {
  const scenario = { under: (fault: Fault) => ActiveFault.inject(fault) }
  const fault = (name: string): Fault => ({
    name,
    inject: async () => void inForce.add(name),
    heal: async () => void inForce.delete(name),
    proveInForce: async () => name,
    proveHealed: async () => name,
  })
  return { s3: new FaultsOf('S3', scenario), nats: new FaultsOf('NATS', scenario), fault }
}

describe('the faults of one thing', () => {
  it('end together, and no fault of another thing with them', async () => {
    const inForce = new Set<string>()
    const { s3, nats, fault } = faultsIn(inForce)
    await s3.begin(fault('S3 is slow'))
    await nats.begin(fault('NATS is down'))
    await s3.begin(fault('S3 refuses connections'))
    await s3.end()
    expect([...inForce]).toEqual(['NATS is down'])
    await nats.end()
    expect([...inForce]).toEqual([])
  })

  it.each(['none was brought about', 'they were ended before'])('can’t be ended when %s', async (when) => {
    const { s3, nats, fault } = faultsIn(new Set())
    await nats.begin(fault('NATS is down'))
    if (when === 'they were ended before') {
      await s3.begin(fault('S3 is slow'))
      await s3.end()
    }
    const thrown = await s3.end().catch((error) => error)
    expect(thrown).toBeInstanceOf(HarnessMisused)
    expect(thrown.message).toMatchInlineSnapshot(`
      "A step ends a fault of S3, and none is in force
        next      Put the step that brings one about before it, or take this one out."
    `)
  })
})
