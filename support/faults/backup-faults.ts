import { hostnames } from '../lab/address'
import type { Scenario } from '../scenario'
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

  /** Ends whatever was brought about. @throws LabBroken when it doesn't end */
  async end(): Promise<void> {
    await this.scenario.heal()
  }
}
