import { LabBroken } from '../errors'
import type { StreamHealth } from '../jetstream/stream-health'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { statefulSetReady } from '../kubernetes/waits'
import type { Fault } from './fault'
import type { Probe } from './s3-refused'

const nats = { namespace: 'kgents-agents', name: 'nats' } as const
const path = pathOf(kindOf('apps/v1', 'StatefulSet'), nats.namespace, nats.name)

/**
 * NATS is down: its StatefulSet has no pods, as after somebody scaled it to zero. The volumes stay.
 *
 * @param streams those that it had
 */
export function natsDown(kubernetes: Kubernetes, probe: Probe, streams: StreamHealth): Fault {
  const scale = async (replicas: number) => {
    const change = { body: { spec: { replicas } }, type: 'application/merge-patch+json' }
    await kubernetes.ask('PATCH', path, change)
    await statefulSetReady(kubernetes, nats, { name: `NATS at ${replicas} servers`, ms: 120_000 }, LabBroken)
  }
  const endpoints = `kubectl get endpointslices -n ${nats.namespace} -l kubernetes.io/service-name=nats -o jsonpath='{.items[*].endpoints[*].addresses[*]}'`
  return {
    name: 'NATS is down',
    inject: () => scale(0),
    heal: () => scale(3),
    async proveInForce() {
      const { exitCode, output } = await probe(endpoints)
      if (exitCode === 0 && output.trim() === '') return 'Service nats has no endpoints'
      throw new Error(`Service nats still has endpoints: ${output}`)
    },
    async proveHealed() {
      await streams.whole()
      return 'three servers ready, every stream on all of them'
    },
  }
}
