import type { StreamInfo } from 'nats'
import { eventually } from '../eventually'
import type { JetStream } from './connection'

/** Whether the streams of the data can be used, and whether every server has them. */
export class StreamHealth {
  constructor(
    private readonly jetstream: JetStream,
    private readonly streams: readonly string[],
  ) {}

  /**
   * Resolves when each stream has a leader that answers.
   *
   * @param withinMs how long that may take, in milliseconds
   * @throws LabBroken with those that don't, when it takes longer
   */
  led(withinMs = 60_000): Promise<void> {
    return this.until('a leader for every stream', withinMs, ({ cluster }) =>
      cluster && !cluster.leader ? 'no leader' : undefined,
    )
  }

  /**
   * Resolves when each stream has a leader, and every other replica has caught up with it: one that has not asks for
   * an election, and for its time there is no leader.
   *
   * @param withinMs how long that may take, in milliseconds
   * @returns that it is so, as the proof that a fault is healed
   * @throws LabBroken with those that aren't, when it takes longer
   */
  async whole(withinMs = 60_000): Promise<string> {
    await this.until('every replica of every stream', withinMs, ({ cluster, config }) => {
      if (!cluster) return undefined
      if (!cluster.leader) return 'no leader'
      const { replicas = [] } = cluster
      const behind = replicas.filter(({ current, offline }) => !current || offline).map(({ name }) => name)
      if (behind.length > 0) return `led by ${cluster.leader}, ${behind.join(' and ')} not caught up`
      return replicas.length + 1 < config.num_replicas ? 'a replica is missing' : undefined
    })
    return 'every replica of every stream has caught up with its leader'
  }

  /** @param ail what is wrong with a stream; undefined when nothing is */
  private async until(
    name: string,
    ms: number,
    ail: (info: StreamInfo) => string | undefined,
  ): Promise<void> {
    await eventually({ name, ms }, async () => {
      const { manager } = this.jetstream
      const ailing = await Promise.all(
        this.streams.map(async (stream) => {
          const what = await manager.streams.info(stream).then(ail, (thrown: Error) => thrown.message)
          return what === undefined ? [] : [`${stream}: ${what}`]
        }),
      )
      return ailing.flat().length === 0 ? { found: undefined } : { seen: ailing.flat().join('\n') }
    })
  }
}
