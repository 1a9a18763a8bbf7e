import type { StreamHealth } from '../jetstream/stream-health'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import type { Lookout } from '../lab/lookout'
import { namespace } from '../lab/namespace'
import type { NodeChanges } from '../lab/node-changes'
import type { Fault } from './fault'
import { hasNoLeader, natsAnswers, urlOf } from './nats-asked'

const chain = 'RUNBOOK-LAB'

/**
 * One server is cut off from the other two; clients reach all three. In the node, the packet filter refuses what goes
 * between them: there is no controller for NetworkPolicy.
 *
 * @param server the pod on the smaller side
 */
export function natsPartitioned(
  kubernetes: Kubernetes,
  changes: NodeChanges,
  lookout: Lookout,
  server: string,
  streams: StreamHealth,
): Fault {
  return {
    name: 'One of the three NATS servers is cut off from the others',
    async inject() {
      const addresses = await podAddresses(kubernetes)
      const own = addresses.get(server)
      const others = [...addresses].filter(([name]) => name !== server).map(([, address]) => address)
      const rules = others.flatMap((other) => [
        `iptables --append ${chain} --protocol tcp --source ${own} --destination ${other} --jump REJECT --reject-with tcp-reset`,
        `iptables --append ${chain} --protocol tcp --source ${other} --destination ${own} --jump REJECT --reject-with tcp-reset`,
      ])
      await changes.make({
        name: 'partition',
        script: [`iptables --new-chain ${chain}`, ...rules, `iptables --insert FORWARD --jump ${chain}`].join(
          '\n',
        ),
        undo: `iptables --delete FORWARD --jump ${chain} 2>/dev/null || true
          iptables --flush ${chain} 2>/dev/null || true
          iptables --delete-chain ${chain} 2>/dev/null || true`,
      })
    },
    heal: () => changes.undo('partition'),
    async proveInForce() {
      const seen = await natsAnswers(lookout, hasNoLeader, urlOf(server))
      await streams.led()
      return `${server}: ${seen}; the other two lead every stream`
    },
    async proveHealed() {
      // Who comes back asks for an election: healed is when all three have the same leader again.
      const seen = [...(await podAddresses(kubernetes)).keys()].map((name) =>
        natsAnswers(lookout, ({ isGood }) => isGood, urlOf(name)),
      )
      await Promise.all(seen)
      await streams.whole()
      return 'each of the three servers answers, and every stream has a leader'
    },
  }
}

async function podAddresses(kubernetes: Kubernetes): Promise<ReadonlyMap<string, string>> {
  const query = { labelSelector: 'app=nats' }
  const pods = pathOf(kindOf('v1', 'Pod'), namespace)
  const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', pods, { query })
  return new Map(
    items.map(({ metadata, status }) => [metadata.name, (status as { podIP?: string }).podIP ?? '']),
  )
}
