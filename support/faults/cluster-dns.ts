import { LabBroken } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { remove } from '../kubernetes/remove'
import type { Resource } from '../kubernetes/resource'
import { deploymentReady } from '../kubernetes/waits'
import type { Lookout } from '../lab/lookout'
import type { Fault } from './fault'

const dns = { namespace: 'kube-system', name: 'coredns' } as const
const path = pathOf(kindOf('apps/v1', 'Deployment'), dns.namespace, dns.name)
/** As kubeadm makes it. */
const replicas = 2

/** Cluster DNS is down: no pod of CoreDNS is left. */
export function clusterDnsDown(kubernetes: Kubernetes, lookout: Lookout): Fault {
  const name = 'nats.kgents-agents'
  const look = () => lookout.run(`timeout 3 getent hosts ${name} || echo "no address for ${name} within 3 s"`)
  return {
    name: 'Cluster DNS is down',
    async inject() {
      await scale(kubernetes, 0)
      await removePods(kubernetes)
    },
    heal: () => clusterDnsUp(kubernetes),
    async proveInForce() {
      const { output } = await look()
      if (output.includes('no address')) return output.trim()
      throw new Error(`a pod still resolves ${output}`)
    },
    async proveHealed() {
      const { output } = await look()
      if (!output.includes('no address')) return output.trim()
      throw new Error(output.trim())
    },
  }
}

/** What is wrong with cluster DNS, a line; none when nothing is. */
export async function clusterDnsDifference(kubernetes: Kubernetes): Promise<string[]> {
  const now = ((await kubernetes.ask<Resource>('GET', path)).spec as { replicas: number }).replicas
  return now === replicas ? [] : [`Deployment ${dns.name}: ${now} replicas, not ${replicas}`]
}

export async function clusterDnsUp(kubernetes: Kubernetes): Promise<void> {
  await scale(kubernetes, replicas)
  await deploymentReady(kubernetes, dns, { name: 'cluster DNS', ms: 60_000 }, LabBroken)
}

async function scale(kubernetes: Kubernetes, to: number): Promise<void> {
  const change = { body: { spec: { replicas: to } }, type: 'application/merge-patch+json' }
  await kubernetes.ask('PATCH', path, change)
}

/** At once: by itself each goes on answering for five seconds. */
async function removePods(kubernetes: Kubernetes): Promise<void> {
  const query = { labelSelector: 'k8s-app=kube-dns' }
  const pods = pathOf(kindOf('v1', 'Pod'), dns.namespace)
  const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', pods, { query })
  await remove(
    kubernetes,
    dns.namespace,
    items.map((item) => ({ ...item, apiVersion: 'v1', kind: 'Pod' })),
  )
}
