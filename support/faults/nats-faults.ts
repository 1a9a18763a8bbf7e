import { HarnessMisused } from '../errors'
import { eventually } from '../eventually'
import { accountState } from '../jetstream/account'
import { makeBigStream } from '../jetstream/big-stream'
import { mainStream } from '../jetstream/dataset'
import type { Scenario } from '../scenario'
import { clusterDnsDown } from './cluster-dns'
import { LeaderLost } from './leader-lost'
import { natsCut } from './nats-cut'
import { natsDown } from './nats-down'
import { natsPartitioned } from './nats-partition'
import { natsPasswordChanged } from './nats-password'
import { NatsPath } from './nats-path'
import { quorumLost, serverLost } from './nats-servers'
import { natsServiceGone } from './nats-service-gone'
import { natsSlow } from './nats-slow'

/** What happens to NATS, on this scenario's lane. Each method throws LabBroken when it doesn't take. */
export class NatsFaults {
  private leader: LeaderLost | undefined

  constructor(private readonly scenario: Scenario) {}

  async isDown(): Promise<void> {
    const { lane, probe } = this.scenario
    await this.scenario.under(natsDown(lane.kubernetes, probe, this.usable))
  }

  async isSlow(kibibytes: number): Promise<void> {
    await this.scenario.under(natsSlow(this.path, this.scenario.lane.lookout, kibibytes))
  }

  async cutsConnections(kibibytes: number): Promise<void> {
    await this.scenario.under(natsCut(this.path, this.scenario.lane.lookout, kibibytes))
  }

  async hasNoQuorum(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.scenario.under(quorumLost(kubernetes, lookout, this.usable))
  }

  async losesOneServer(): Promise<void> {
    const server = await this.spareServer()
    await this.scenario.under(serverLost(this.scenario.lane.kubernetes, server, this.usable))
  }

  async isPartitioned(): Promise<void> {
    const { kubernetes, changes, lookout } = this.scenario.lane
    const server = await this.spareServer()
    await this.keepAwayFrom(server)
    await this.scenario.under(natsPartitioned(kubernetes, changes, lookout, server, this.usable))
  }

  async passwordChanges(): Promise<void> {
    const { kubernetes, lookout, mask } = this.scenario.lane
    const learn = (value: string) => mask.learn('the changed password of NATS user backup', value)
    await this.scenario.under(natsPasswordChanged(kubernetes, lookout, learn))
  }

  async serviceIsGone(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.scenario.under(natsServiceGone(kubernetes, lookout))
  }

  async dnsIsDown(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.scenario.under(clusterDnsDown(kubernetes, lookout))
  }

  /** A stream of so many MiB is there, beside the data. */
  async hasBigStream(name: string, mib: number): Promise<void> {
    await makeBigStream(this.scenario.lane.operated, name, mib)
  }

  async leaderWillBeLost(stream: string): Promise<void> {
    const { kubernetes, operated } = this.scenario.lane
    this.leader = new LeaderLost(kubernetes, operated, this.path, stream, this.usable)
    await this.scenario.under(this.leader)
  }

  /** @throws LabBroken when the leader wasn't lost in the middle of a snapshot */
  leaderWasLost(): void {
    if (!this.leader) {
      throw new HarnessMisused('RBK_NO_FAULT', {
        attempted: 'A step asks whether a leader was lost, and no step before it brought that about',
      })
    }
    this.leader.expectLost()
  }

  /** The server that holds nothing alone: every stream and consumer of one replica is on the other two. */
  private async spareServer(): Promise<string> {
    const { manager } = this.scenario.lane.operated
    const { name, offLeaderConsumer } = mainStream
    const [consumer, alone] = await Promise.all([
      manager.consumers.info(name, offLeaderConsumer),
      manager.streams.info('AUDIT'),
    ])
    const taken = [consumer.cluster?.leader, alone.cluster?.leader]
    return ['nats-0', 'nats-1', 'nats-2'].find((server) => !taken.includes(server)) ?? 'nats-2'
  }

  /** The harness itself looks at NATS from the larger side. */
  private async keepAwayFrom(server: string): Promise<void> {
    const { connection } = this.scenario.lane.operated
    await eventually({ name: `a connection to another server than ${server}`, ms: 20_000 }, async () => {
      const now = connection.info?.server_name
      if (now && now !== server) return { found: undefined }
      await connection.reconnect()
      await connection.flush()
      return { seen: `connected to ${now ?? 'none'}` }
    })
  }

  private get path(): NatsPath {
    const { kubernetes, address } = this.scenario.lane
    return new NatsPath(kubernetes, address.toxiproxy, address.cluster.node)
  }

  /** Resolves when every stream of the data has a leader. */
  private readonly usable = async (): Promise<void> => {
    const { operated, dataset } = this.scenario.lane
    await eventually({ name: 'a leader for every stream', ms: 60_000 }, async () => {
      const there = Object.keys(await accountState(operated))
      const missing = dataset.ledger.streams.filter((name) => !there.includes(name))
      return missing.length === 0 ? { found: undefined } : { seen: `not there yet: ${missing.join(', ')}` }
    })
  }
}
