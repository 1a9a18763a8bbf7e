import { LabBroken } from '../errors'
import type { StreamHealth } from '../jetstream/stream-health'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { remove } from '../kubernetes/remove'
import type { Resource } from '../kubernetes/resource'
import { podPhase, statefulSetReady } from '../kubernetes/waits'
import type { Lookout } from '../lab/lookout'
import { namespace } from '../lab/namespace'
import type { Fault } from './fault'
import { hasNoLeader, natsAnswers, urlOf } from './nats-asked'

const nats = { namespace, name: 'nats' } as const
const path = pathOf(kindOf('apps/v1', 'StatefulSet'), namespace, nats.name)

/** Two of three servers are gone: what is left has no quorum. */
export function quorumLost(kubernetes: Kubernetes, lookout: Lookout, streams: StreamHealth): Fault {
  const scale = async (replicas: number) => {
    await patch(kubernetes, { replicas })
    await statefulSetReady(kubernetes, nats, { name: `NATS at ${replicas} servers`, ms: 120_000 }, LabBroken)
  }
  return {
    name: 'Two of the three NATS servers are gone',
    inject: () => scale(1),
    heal: () => scale(3),
    // Asked of the one that is left: the Service may still lead to those that are gone.
    proveInForce: () => natsAnswers(lookout, hasNoLeader, urlOf('nats-0')),
    proveHealed: () => streams.whole(),
  }
}

/**
 * One server is gone and can't come back: no node takes its pod, as after the loss of the node with its disk.
 *
 * @param server its pod, which holds nothing that the others don't
 */
export function serverLost(kubernetes: Kubernetes, server: string, streams: StreamHealth): Fault {
  const nowhere = { 'runbook-lab/node': 'lost' }
  const removePod = async () => {
    const pod = await kubernetes.ask<Resource>('GET', pathOf(kindOf('v1', 'Pod'), namespace, server))
    await remove(kubernetes, namespace, [{ ...pod, apiVersion: 'v1', kind: 'Pod' }])
  }
  return {
    name: 'One of the three NATS servers is gone',
    async inject() {
      // Pods that run stay as they are.
      const updateStrategy = { type: 'OnDelete', rollingUpdate: null }
      await patch(kubernetes, { updateStrategy, template: { spec: { nodeSelector: nowhere } } })
      await removePod()
    },
    async heal() {
      const updateStrategy = { type: 'RollingUpdate' }
      await patch(kubernetes, { updateStrategy, template: { spec: { nodeSelector: null } } })
      await removePod()
      await statefulSetReady(kubernetes, nats, { name: 'three NATS servers', ms: 120_000 }, LabBroken)
    },
    async proveInForce() {
      await podPhase(kubernetes, { namespace, name: server }, 'Pending', {
        name: `the loss of ${server}`,
        ms: 30_000,
      })
      await streams.led()
      return `${server} is Pending, the other two lead every stream`
    },
    proveHealed: () => streams.whole(),
  }
}

async function patch(kubernetes: Kubernetes, spec: object): Promise<void> {
  await kubernetes.ask('PATCH', path, { body: { spec }, type: 'application/merge-patch+json' })
}
