import { RunbookFailed } from '../errors'
import { eventually } from '../eventually'
import { expectSame } from '../expect-same'
import { accountState } from '../jetstream/account'
import { attachable, brokenPromises, type Comparison, compare } from '../ledger/compare'
import type { Ledger } from '../ledger/ledger'
import { withoutRevived } from '../ledger/revived'
import type { Scenario } from '../scenario'
import type { Disasters } from './disasters'
import type { Promises } from './promises'

/** What NATS holds after a restore, held against what its publishers were told is safe. */
export class RestoredData {
  constructor(
    private readonly scenario: Scenario,
    private readonly promises: Promises,
    private readonly disasters: Disasters,
  ) {}

  /** Every message and consumer that was acknowledged is in NATS, as it was, and nothing else is. @throws RunbookFailed with what is missing, altered, duplicated, out of order or unexpected */
  async isComplete(): Promise<void> {
    await this.holds(this.promises.ledger, 'NATS does not hold everything that was acknowledged')
  }

  /** As `isComplete`, and what a bucket's history had discarded may be there again: servers that are killed don't remember it. @throws RunbookFailed as `isComplete` does */
  async isCompleteAfterCrash(): Promise<void> {
    const { ledger } = this.promises
    await this.holds(ledger, 'NATS does not hold everything that was acknowledged', (comparison) =>
      withoutRevived(comparison, ledger),
    )
  }

  /**
   * All that was acknowledged before the backup is there, and nothing that came after it: that is what a restore
   * loses, and its bound.
   *
   * @param count how many messages came after it
   * @throws RunbookFailed when it is more or less
   */
  async lacksOnlyWhatCameAfterBackup(count: number): Promise<void> {
    const { atBackup, ledger } = this.promises
    await this.holds(atBackup, 'NATS does not hold exactly what was acknowledged before the backup')
    const lost = ledger.streams.flatMap((stream) =>
      ledger.expected(stream).slice(atBackup.expected(stream).length),
    )
    expectSame('Another number of acknowledged messages is lost', count, lost.length, 'nats stream report')
    const since = Date.parse(lost.at(-1)?.at ?? '') - this.restoredArchive().getTime()
    await this.scenario.record('measure', {
      name: `Recovery point: ${lost.length} acknowledged messages lost, none older than the backup`,
      ms: since,
      targetMs: rpoMs,
    })
  }

  /** When the archive that the last command restored was begun, by its name. */
  private restoredArchive(): Date {
    const printed = this.scenario.operator.printed()
    const name = /nats-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz, verified$/m
    const [year = 0, month = 0, day, hours, minutes, seconds] = (name.exec(printed) ?? [])
      .slice(1)
      .map(Number)
    return new Date(Date.UTC(year, month - 1, day, hours, minutes, seconds))
  }

  /** No stream is in NATS. @throws RunbookFailed with the streams that are there */
  async isEmpty(): Promise<void> {
    const there = Object.keys(await accountState(this.scenario.lane.operated))
    expectSame('NATS holds streams that nobody restored', [], there, 'nats stream ls --all')
  }

  /** The stream is kept on so many servers, and each has all of it. @throws RunbookFailed when it has another number of replicas, or one of them doesn't follow within 30 s */
  async hasReplicas(stream: string, count: number): Promise<void> {
    const { manager } = this.scenario.lane.operated
    await eventually(
      { name: `stream ${stream} with ${count} replicas`, ms: 30_000 },
      async () => {
        const { config, cluster } = await manager.streams.info(stream)
        const followers = cluster?.replicas ?? []
        const current = followers.filter((each) => each.current).length + (cluster?.leader ? 1 : 0)
        return config.num_replicas === count && followers.length + 1 === count && current === count
          ? { found: undefined }
          : { seen: `${config.num_replicas} wanted, ${current} of ${followers.length + 1} up to date` }
      },
      { blame: RunbookFailed, repeat: `nats stream info ${stream}` },
    )
  }

  /** What survived the disaster is the same streams, not ones made anew. @throws RunbookFailed with what changed */
  async survivorsAreUntouched(): Promise<void> {
    const now = await accountState(this.scenario.lane.operated)
    const before = this.disasters.survivors
    const same = Object.fromEntries(Object.keys(before).map((name) => [name, now[name]]))
    expectSame('A stream that was not to be restored has changed', before, same, 'nats stream report')
  }

  private async holds(
    ledger: Ledger,
    attempted: string,
    judged = (comparison: Comparison) => comparison,
  ): Promise<void> {
    const { operated, dataset } = this.scenario.lane
    // A stream that was made when the data set was has not been restored since.
    const found = await compare(ledger, operated, (stream, now) =>
      now && now.created === dataset.state[stream]?.created ? 'origin' : 'restored',
    )
    const comparison = judged(found)
    await this.scenario.record('ledger', attachable(comparison))
    const broken = [...brokenPromises(comparison), ...(await this.otherReplicas(ledger))]
    if (broken.length === 0) return
    throw new RunbookFailed('RBK_LEDGER', {
      attempted,
      expected: 'every acknowledged message and consumer, unchanged and in order, and nothing else',
      got: broken.slice(0, 25).join('\n'),
    })
  }

  /** `compare` takes a restore's replicas as the site's own business; where the data came from they are to be the same. */
  private async otherReplicas(ledger: Ledger): Promise<string[]> {
    const now = await accountState(this.scenario.lane.operated)
    const replicas = (config: unknown) => (config as { num_replicas?: number } | undefined)?.num_replicas
    return ledger.streams.flatMap((stream) => {
      const [was, is] = [replicas(ledger.config(stream)), replicas(now[stream]?.config)]
      return was === is ? [] : [`stream ${stream}: ${is} replicas instead of ${was}`]
    })
  }
}

/** Recovery point objective: how much acknowledged work a restore may lose, in time (design.md). */
const rpoMs = 24 * 3_600_000
