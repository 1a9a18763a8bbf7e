import type { StreamConfig } from 'nats'
import { accountState } from '../jetstream/account'
import type { JetStream } from '../jetstream/connection'
import { content } from '../jetstream/content'
import type { Ledger } from '../ledger/ledger'
import { recording } from '../ledger/record'
import type { Scenario } from '../scenario'

/** What this scenario's publishers were told is safe: the lane's data set, and what is published on top of it. */
export class Promises {
  private own: Ledger | undefined
  private backedUp: Ledger | undefined

  constructor(private readonly scenario: Scenario) {}

  get ledger(): Ledger {
    return this.own ?? this.scenario.lane.dataset.ledger
  }

  /** The ledger as it was when the last backup had been taken. */
  get atBackup(): Ledger {
    return this.backedUp ?? this.ledger
  }

  /** As many messages as that are published and acknowledged, and no backup has them. */
  async publishAfterBackup(count: number): Promise<void> {
    this.backedUp = this.copy()
    const client = await recording(this.operated, this.mine())
    for (let index = 0; index < count; index++) {
      await client.publish('agentese.world.late', content('after the backup', String(index), 400))
    }
  }

  /**
   * Two streams whose messages go once they were consumed, each with a consumer that has yet to see them: a work queue,
   * and one that keeps messages while a consumer wants them.
   *
   * @param count the messages of each
   */
  async addConsumedOnce(queue: string, interest: string, count: number): Promise<void> {
    await this.addUnconsumed(queue, 'workqueue', count)
    await this.addUnconsumed(interest, 'interest', count)
  }

  private async addUnconsumed(
    name: string,
    retention: 'workqueue' | 'interest',
    count: number,
  ): Promise<void> {
    const { AckPolicy, RetentionPolicy } = await import('nats')
    await this.addStream(name, {
      retention: retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Interest,
    })
    await this.operated.manager.consumers.add(name, {
      durable_name: 'worker',
      ack_policy: AckPolicy.Explicit,
    })
    await this.publish(name, count)
    await this.promise(name)
  }

  /** A stream whose messages have a limited life. */
  async addLimited(name: string, seconds: number, count: number): Promise<void> {
    await this.addStream(name, { max_age: seconds * 1e9 })
    await this.publish(name, count)
    await this.promise(name)
  }

  private async addStream(name: string, config: Partial<StreamConfig>): Promise<void> {
    const subjects = [`${name.toLowerCase()}.>`]
    await this.operated.manager.streams.add({ name, subjects, num_replicas: 3, ...config })
  }

  private async publish(name: string, count: number): Promise<void> {
    const client = await recording(this.operated, this.mine())
    for (let index = 0; index < count; index++) {
      await client.publish(`${name.toLowerCase()}.${index % 3}`, content(name, String(index), 300))
    }
  }

  private async promise(stream: string): Promise<void> {
    const state = (await accountState(this.operated))[stream]
    if (!state) throw new Error(`The stream ${stream} was just made and is not there`)
    this.mine().promiseStream({ stream, config: state.config })
    for (const [name, consumer] of Object.entries(state.consumers)) {
      this.mine().promiseConsumer({ stream, name, state: consumer })
    }
  }

  private mine(): Ledger {
    this.own ??= this.copy()
    return this.own
  }

  private copy(): Ledger {
    return this.ledger.upTo(new Date())
  }

  private get operated(): JetStream {
    return this.scenario.lane.operated
  }
}
