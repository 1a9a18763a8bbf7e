import type { Subscription } from 'nats'
import { LabBroken } from '../errors'
import type { JetStream } from '../jetstream/connection'
import type { StreamHealth } from '../jetstream/stream-health'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { statefulSetReady } from '../kubernetes/waits'
import { namespace } from '../lab/namespace'
import type { Fault } from './fault'
import type { NatsPath } from './nats-path'

/** Slow enough that a snapshot of 24 MiB takes six seconds. */
const kibibytes = 4_096

/**
 * The server that leads a stream is lost as soon as a snapshot of the stream is begun: once, so that whoever tries again
 * finds the leader that the others have chosen. JetStream itself tells of the beginning and of the end of snapshots; the way
 * to it is slow meanwhile, so that there is a time between the two.
 */
export class LeaderLost implements Fault {
  readonly name: string
  private subscriptions: readonly Subscription[] = []
  /** What happened, in order. */
  private readonly seen: string[] = []

  constructor(
    private readonly kubernetes: Kubernetes,
    private readonly operated: JetStream,
    private readonly path: NatsPath,
    private readonly stream: string,
    private readonly streams: StreamHealth,
  ) {
    this.name = `The leader of ${stream} is lost while the stream is read`
  }

  async inject(): Promise<void> {
    await this.path.leadThroughToxiproxy()
    await this.path.proxy.poison({ type: 'bandwidth', stream: 'downstream', attributes: { rate: kibibytes } })
    const { connection } = this.operated
    const advisory = (event: string, told: () => void) =>
      connection.subscribe(`$JS.EVENT.ADVISORY.STREAM.SNAPSHOT_${event}.${this.stream}`, { callback: told })
    this.subscriptions = [
      advisory('CREATE', () => {
        this.seen.push('snapshot begun')
        if (this.seen.length === 1) void this.removeLeader()
      }),
      advisory('COMPLETE', () => this.seen.push('snapshot complete')),
    ]
    await connection.flush()
  }

  async proveInForce(): Promise<string> {
    if (this.subscriptions.some((each) => each.isClosed())) throw new Error('nothing waits for a snapshot')
    return `the server that leads ${this.stream} will be removed when JetStream tells that a snapshot is begun`
  }

  /** @throws LabBroken when the leader wasn't lost in the middle of a snapshot: the scenario shows nothing then */
  expectLost(): void {
    const [begun, lost] = this.seen
    if (begun === 'snapshot begun' && lost?.startsWith('lost')) return
    throw new LabBroken('RBK_FAULT_NOT_IN_FORCE', {
      attempted: `The leader of ${this.stream} was not lost while the stream was read`,
      expected: 'a snapshot that is begun, and the loss of the leader before it is complete',
      got: this.seen.join(', ') || 'no snapshot was begun',
    })
  }

  async heal(): Promise<void> {
    for (const each of this.subscriptions) each.unsubscribe()
    await this.path.leadStraight()
    const nats = { namespace, name: 'nats' }
    await statefulSetReady(this.kubernetes, nats, { name: 'three NATS servers', ms: 120_000 }, LabBroken)
  }

  proveHealed(): Promise<string> {
    return this.streams.whole()
  }

  private async removeLeader(): Promise<void> {
    try {
      const { cluster } = await this.operated.manager.streams.info(this.stream)
      const leader = cluster?.leader ?? ''
      const path = pathOf(kindOf('v1', 'Pod'), namespace, leader)
      const body = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 }
      await this.kubernetes.ask('DELETE', path, { body })
      this.seen.push(`lost ${leader}`)
    } catch (thrown) {
      this.seen.push(`the leader could not be removed: ${String(thrown)}`)
    }
  }
}
