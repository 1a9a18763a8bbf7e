import { LabBroken } from '../errors'
import { eventually } from '../eventually'
import type { StreamHealth } from '../jetstream/stream-health'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { statefulSetReady } from '../kubernetes/waits'
import type { Lookout } from '../lab/lookout'
import type { Fault } from './fault'

const nats = { namespace: 'kgents-agents', name: 'nats' } as const
const path = pathOf(kindOf('apps/v1', 'StatefulSet'), nats.namespace, nats.name)

/**
 * NATS is down: its StatefulSet has no pods, as after somebody scaled it to zero. The volumes stay.
 *
 * @param streams those that it had
 */
export function natsDown(kubernetes: Kubernetes, lookout: Lookout, streams: StreamHealth): Fault {
  const scale = async (replicas: number) => {
    const change = { body: { spec: { replicas } }, type: 'application/merge-patch+json' }
    await kubernetes.ask('PATCH', path, change)
    await statefulSetReady(kubernetes, nats, { name: `NATS at ${replicas} servers`, ms: 120_000 }, LabBroken)
  }
  return {
    name: 'NATS is down',
    inject: () => scale(0),
    heal: () => scale(3),
    // The node is up to a second behind the Service, and leads pods to servers that are gone: they wait, and aren't refused.
    proveInForce: () =>
      eventually({ name: 'a NATS that refuses connections', ms: 20_000 }, async () => {
        const { output } = await lookout.run(
          `timeout 2 bash -c ': </dev/tcp/nats.${nats.namespace}/4222' 2>&1 || true`,
        )
        const seen = `a pod that connects to Service nats: ${output.trim() || 'connected, or no answer'}`
        return output.includes('refused') ? { found: seen } : { seen }
      }),
    proveHealed: () => streams.whole(),
  }
}
