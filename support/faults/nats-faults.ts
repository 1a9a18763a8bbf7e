import { HarnessMisused } from '../errors'
import { eventually } from '../eventually'
import { makeBigStream } from '../jetstream/big-stream'
import { mainStream } from '../jetstream/dataset'
import { StreamHealth } from '../jetstream/stream-health'
import type { Scenario } from '../scenario'
import { clusterDnsDown } from './cluster-dns'
import { FaultsOf } from './faults-of'
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
  private readonly inForce: FaultsOf

  constructor(private readonly scenario: Scenario) {
    this.inForce = new FaultsOf('NATS', scenario)
  }

  /** No NATS server runs: somebody scaled its StatefulSet to zero. */
  async isDown(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.inForce.begin(natsDown(kubernetes, lookout, this.streams))
  }

  /** NATS sends so many KiB a second, and no more. */
  async isSlow(kibibytes: number): Promise<void> {
    await this.inForce.begin(natsSlow(this.path, this.scenario.lane.lookout, kibibytes))
  }

  /** Every connection to NATS breaks off after so many KiB. */
  async cutsConnections(kibibytes: number): Promise<void> {
    await this.inForce.begin(natsCut(this.path, this.scenario.lane.lookout, kibibytes))
  }

  /** One NATS server is left of three, and decides nothing alone. */
  async hasNoQuorum(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.inForce.begin(quorumLost(kubernetes, lookout, this.streams))
  }

  /** Two NATS servers are left of three, and work. */
  async losesOneServer(): Promise<void> {
    const server = await this.spareServer()
    await this.inForce.begin(serverLost(this.scenario.lane.kubernetes, server, this.streams))
  }

  /** One NATS server runs, and the other two can't reach it. */
  async isPartitioned(): Promise<void> {
    const { kubernetes, changes, lookout } = this.scenario.lane
    const server = await this.spareServer()
    await this.keepAwayFrom(server)
    await this.inForce.begin(natsPartitioned(kubernetes, changes, lookout, server, this.streams))
  }

  /** NATS refuses the password that backups have. */
  async passwordChanges(): Promise<void> {
    const { kubernetes, lookout, mask } = this.scenario.lane
    const learn = (value: string) => mask.learn('the changed password of NATS user backup', value)
    await this.inForce.begin(natsPasswordChanged(kubernetes, lookout, learn))
  }

  /** Servers of NATS run, and nothing leads to them: their Service is deleted. */
  async serviceIsGone(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.inForce.begin(natsServiceGone(kubernetes, lookout))
  }

  /** No name is resolved in the cluster. */
  async dnsIsDown(): Promise<void> {
    const { kubernetes, lookout } = this.scenario.lane
    await this.scenario.under(clusterDnsDown(kubernetes, lookout))
  }

  /**
   * Whatever was done to NATS is ended, and it answers.
   *
   * @throws HarnessMisused when nothing was done to it, LabBroken when it doesn't end
   */
  async isBack(): Promise<void> {
    await this.inForce.end()
  }

  /** A stream of so many MiB is there, beside the data. */
  async hasBigStream(name: string, mib: number): Promise<void> {
    await makeBigStream(this.scenario.lane.operated, name, mib)
  }

  /** The server that leads the stream will be removed as soon as a backup reads the stream. */
  async leaderWillBeLost(stream: string): Promise<void> {
    const { kubernetes, operated } = this.scenario.lane
    this.leader = new LeaderLost(kubernetes, operated, this.path, stream, this.streams)
    await this.inForce.begin(this.leader)
  }

  /**
   * The fault struck: the leader was removed before the backup had read the stream.
   *
   * @throws LabBroken when the leader wasn't lost in the middle of a snapshot
   */
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

  private get streams(): StreamHealth {
    const { operated, dataset } = this.scenario.lane
    return new StreamHealth(operated, dataset.ledger.streams)
  }
}
