import { eventually } from '../eventually'
import { apply } from '../kubernetes/apply'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { hostnames } from '../lab/address'
import { natsNodePort } from '../lab/cluster'
import { namespace } from '../lab/namespace'
import { inNode } from '../lab/node'
import { ToxicProxy } from './toxiproxy'

const service = pathOf(kindOf('v1', 'Service'), namespace, 'nats')
const slices = kindOf('discovery.k8s.io/v1', 'EndpointSlice')
const slice = 'nats-through-toxiproxy'
/** At Toxiproxy; 4222 is the second site's. */
const port = 4223

/**
 * The way from pods to NATS, through Toxiproxy for as long as a fault needs it. The published manifests name the
 * Service `nats`, so that Service is led there: it selects no pod, and an EndpointSlice of the lab's own is what it
 * has left. Toxiproxy passes connections on to the lab's port of NATS, which is another Service.
 */
export class NatsPath {
  readonly proxy: ToxicProxy

  constructor(
    private readonly kubernetes: Kubernetes,
    toxiproxy: string,
    private readonly node: string,
  ) {
    this.proxy = new ToxicProxy(toxiproxy, 'nats')
  }

  /** From now on, pods that connect to NATS connect to Toxiproxy. */
  async leadThroughToxiproxy(): Promise<void> {
    const address = await inNode(this.node, {
      attempted: 'The address of Toxiproxy is not known',
      script: 'getent hosts "$1" | cut --delimiter=" " --fields=1',
      args: [hostnames.s3],
    })
    await this.proxy.open(`0.0.0.0:${port}`, `${this.node}:${natsNodePort}`)
    await apply(this.kubernetes, [
      {
        apiVersion: slices.apiVersion,
        kind: slices.kind,
        metadata: {
          name: slice,
          namespace,
          labels: {
            'kubernetes.io/service-name': 'nats',
            'endpointslice.kubernetes.io/managed-by': 'runbook-lab',
          },
        },
        addressType: 'IPv4',
        ports: [{ name: 'client', port, protocol: 'TCP' }],
        endpoints: [{ addresses: [address.trim()], conditions: { ready: true } }],
      },
    ])
    await this.select('nats-through-toxiproxy')
    await this.ledThroughToxiproxy(true)
  }

  /** The Service has NATS's pods again. */
  async leadStraight(): Promise<void> {
    await this.select('nats')
    await this.kubernetes.ask('DELETE', pathOf(slices, namespace, slice))
    await this.ledThroughToxiproxy(false)
    await this.proxy.close()
  }

  /** Resolves when the node does as the Service says: kube-proxy is up to a second behind. */
  private async ledThroughToxiproxy(wanted: boolean): Promise<void> {
    await eventually({ name: 'the node’s way to NATS', ms: 30_000 }, async () => {
      const rules = await inNode(this.node, {
        attempted: 'The packet filters of the node can’t be read',
        script: `iptables-save --table nat | grep --count -- ":${port}$" || true`,
        args: [],
      })
      const leads = rules.trim() !== '0'
      const seen = `the node leads pods ${leads ? 'to Toxiproxy' : 'past Toxiproxy'}`
      return leads === wanted ? { found: undefined } : { seen }
    })
  }

  private async select(app: string): Promise<void> {
    const change = { body: { spec: { selector: { app } } }, type: 'application/merge-patch+json' }
    await this.kubernetes.ask('PATCH', service, change)
  }
}
