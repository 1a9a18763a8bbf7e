import { describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import { ActiveFault, type Fault, type FaultRecord } from './fault'

/** A fault in a value of this test: what is injected and healed can be seen. */
function switchFault(state: { off: boolean; heals: number }, broken: Partial<Fault> = {}): Fault {
  return {
    name: 'the switch is off',
    async inject() {
      state.off = true
    },
    async heal() {
      state.off = false
      state.heals++
    },
    async proveInForce() {
      if (!state.off) throw new Error('the switch is still on')
      return 'dark'
    },
    async proveHealed() {
      if (state.off) throw new Error('the switch is still off')
      return 'light'
    },
    ...broken,
  }
}

describe('a fault', () => {
  it('is in force, then healed, each with its proof and time', async () => {
    const state = { off: false, heals: 0 }
    const records: FaultRecord[] = []
    const fault = await ActiveFault.inject(switchFault(state), (record) => void records.push(record))
    expect(state.off).toBe(true)
    await fault.heal()
    expect(state.off).toBe(false)
    expect(records).toMatchObject([
      { name: 'the switch is off', proof: 'dark', healedAt: null },
      { name: 'the switch is off', healedAt: expect.any(String), provenHealedAt: expect.any(String) },
    ])
  })

  it('that did not take makes the scenario inconclusive, and is healed all the same', async () => {
    const state = { off: false, heals: 0 }
    const thrown = await ActiveFault.inject(switchFault(state, { inject: async () => undefined })).catch(
      (e) => e,
    )
    expect(thrown).toBeInstanceOf(LabBroken)
    expect(thrown.code).toBe('RBK_FAULT_NOT_IN_FORCE')
    expect(thrown.message).toContain('the switch is still on')
    expect(state.heals).toBe(1)
  })

  it('that does not end is the lab’s fault, and says so', async () => {
    const state = { off: false, heals: 0 }
    const fault = await ActiveFault.inject(switchFault(state, { heal: async () => undefined }))
    const thrown = await fault.heal().catch((e) => e)
    expect(thrown).toBeInstanceOf(LabBroken)
    expect(thrown.code).toBe('RBK_FAULT_NOT_HEALED')
  })

  it('is healed once, however often it is asked for', async () => {
    const state = { off: false, heals: 0 }
    const fault = await ActiveFault.inject(switchFault(state))
    await fault.heal()
    await fault.heal()
    expect(state.heals).toBe(1)
  })
})
