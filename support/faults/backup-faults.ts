import { eventually } from '../eventually'
import { accountState } from '../jetstream/account'
import { hostnames } from '../lab/address'
import type { Scenario } from '../scenario'
import { natsCut } from './nats-cut'
import { natsDown } from './nats-down'
import { NatsPath } from './nats-path'
import { s3Refused } from './s3-refused'
import { ToxicProxy } from './toxiproxy'

/** The faults that a backup meets, on this scenario's lane. */
export class BackupFaults {
  constructor(private readonly scenario: Scenario) {}

  /** @throws LabBroken when connections still pass */
  async s3RefusesConnections(): Promise<void> {
    const { lane, probe } = this.scenario
    const proxy = new ToxicProxy(lane.address.toxiproxy, 's3')
    await this.scenario.under(s3Refused(proxy, probe, `http://${hostnames.s3}:9000`))
  }

  /** @throws LabBroken when a server is left */
  async natsIsDown(): Promise<void> {
    const { lane, probe } = this.scenario
    await this.scenario.under(natsDown(lane.kubernetes, probe, () => this.streamsHaveLeaders()))
  }

  /** @throws LabBroken when nothing is cut */
  async natsCutsConnections(kibibytes: number): Promise<void> {
    const { kubernetes, address, lookout } = this.scenario.lane
    const path = new NatsPath(kubernetes, address.toxiproxy, address.cluster.node)
    await this.scenario.under(natsCut(path, lookout, kibibytes))
  }

  /** Ends whatever was brought about. @throws LabBroken when it doesn't end */
  async end(): Promise<void> {
    await this.scenario.heal()
  }

  private async streamsHaveLeaders(): Promise<void> {
    const { operated, dataset } = this.scenario.lane
    await eventually({ name: 'a leader for every stream', ms: 60_000 }, async () => {
      const there = Object.keys(await accountState(operated))
      const missing = dataset.ledger.streams.filter((name) => !there.includes(name))
      return missing.length === 0 ? { found: undefined } : { seen: `not there yet: ${missing.join(', ')}` }
    })
  }
}
