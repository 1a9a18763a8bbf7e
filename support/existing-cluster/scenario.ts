import { clusterLooks, type Look } from '../evidence/collect'
import type { LaneAccess } from '../lab/lane-access'
import { namespace } from '../lab/namespace'
import { Scenario } from '../scenario'
import type { Attach } from '../shell/operator'

/** How long one step may take with a real site's data, in milliseconds: no longer than a restore may (design: RTO under 15 minutes), twice. */
export const siteMs = 30 * 60_000

/** One scenario on an existing cluster: no adapter answers there, and evidence is what the cluster itself tells. */
export class ClusterScenario extends Scenario {
  constructor(lane: LaneAccess, put: Attach, verbose: boolean) {
    super(lane, put, verbose, siteMs)
  }

  override async adapterCalls(): Promise<string[]> {
    return []
  }

  protected override looks(): Look[] {
    const { kubernetes, operated } = this.lane
    return [
      ...clusterLooks(kubernetes, namespace, this.begunAt),
      { name: 'Streams and consumers of NATS', look: () => this.streams(operated) },
    ]
  }
}
