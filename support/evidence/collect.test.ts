import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply } from '../kubernetes/apply'
import { labIsUp, podSpec, Scratch } from '../kubernetes/scratch'
import { podReaches } from '../kubernetes/waits'
import { clusterLooks, collect } from './collect'

describe.skipIf(!labIsUp)('the evidence of a namespace', () => {
  let scratch: Scratch

  beforeAll(async () => {
    scratch = await Scratch.create()
  })
  afterAll(async () => {
    await scratch?.[Symbol.asyncDispose]()
  })

  const pod = async (name: string, spec: object) => {
    const labels = { app: `nats-${name}` }
    const { apiVersion, kind, metadata, ...fields } = scratch.object('v1', 'Pod', name, { spec })
    await apply(scratch.kubernetes, [{ apiVersion, kind, metadata: { ...metadata, labels }, ...fields }])
    const where = { namespace: scratch.namespace, labels: `app=${labels.app}` }
    await podReaches(scratch.kubernetes, where, ['Succeeded'], { name: `Pod ${name}`, ms: 60_000 })
  }

  it('has the log of every container of a pod', async () => {
    const one = podSpec('ends') as { containers: object[] }
    await pod('one', one)
    await pod('two', { ...one, containers: [...one.containers, { ...one.containers[0], name: 'beside' }] })
    const looks = clusterLooks(scratch.kubernetes, scratch.namespace, new Date())
    const evidence = await collect(looks, (text) => text.replaceAll('nats-server', '***'))
    expect(evidence.find(({ name }) => name === 'Logs')?.text).toMatch(
      /^== one\n\*\*\*: v[\d.]+\n== two, container main\n\*\*\*: v[\d.]+\n== two, container beside\n\*\*\*: v[\d.]+$/,
    )
  })
})
