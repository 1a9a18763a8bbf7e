import { LabBroken } from '../errors'
import { type KubeObject, type Kubernetes, kinds } from '../kubernetes/kubernetes'
import { gone, statefulSetReady } from '../kubernetes/states'
import type { Fault } from './fault'
import type { Probe } from './s3-refused'

/** How long three servers may take to stop, and to come back with their streams, in milliseconds. */
const limits = { downMs: 60_000, backMs: 120_000 } as const

/**
 * NATS is down: its StatefulSet has no pods, as after somebody scaled it to zero. The volumes stay.
 *
 * @param usable resolves when every stream has a leader again
 */
export function natsDown(kubernetes: Kubernetes, probe: Probe, usable: () => Promise<void>): Fault {
  const scale = (replicas: number) =>
    kubernetes.objects.patch(
      {
        ...{ apiVersion: kinds.statefulSet.apiVersion, kind: kinds.statefulSet.kind },
        metadata: { name: 'nats', namespace: kubernetes.namespace },
        spec: { replicas },
      } as KubeObject,
      ...([undefined, undefined, undefined, undefined, 'application/merge-patch+json' as never] as const),
    )
  const endpoints =
    "kubectl get endpointslices -n kgents-agents -l kubernetes.io/service-name=nats -o jsonpath='{.items[*].endpoints[*].addresses[*]}'"
  return {
    name: 'NATS is down',
    async inject() {
      await scale(0)
      const isServer = ({ metadata }: KubeObject) => metadata?.labels?.app === 'nats'
      await gone(kubernetes, kinds.pod, isServer, limits.downMs, { blame: LabBroken })
    },
    async heal() {
      await scale(3)
      await statefulSetReady(kubernetes, 'nats', limits.backMs, { blame: LabBroken })
    },
    async proveInForce() {
      const { exitCode, output } = await probe(endpoints)
      if (exitCode === 0 && output.trim() === '') return 'Service nats has no endpoints'
      throw new Error(`Service nats still has endpoints: ${output}`)
    },
    async proveHealed() {
      await usable()
      return 'three servers ready, every stream has a leader'
    },
  }
}
