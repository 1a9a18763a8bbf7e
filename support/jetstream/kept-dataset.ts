import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../errors'
import { eventually } from '../eventually'
import { Ledger } from '../ledger/ledger'
import { type AccountState, accountState } from './account'
import type { JetStream } from './connection'
import { mainStream, publishDataset } from './dataset'
import { differingStreams } from './difference'
import { keepOffLeader, placement } from './off-leader'

/** How long the data set may take to be put back, tries and all, in milliseconds; it takes 2 s. */
const putBackMs = 60_000

/**
 * The data set, published once and kept between scenarios and runs. Publishing it takes over a second, and
 * seeing that nothing of it has changed takes a few milliseconds: a stream's messages never change, so its
 * state, its time of creation and its consumers' positions say it all (docs/decisions/0051).
 */
export class KeptDataset {
  private kept: { readonly ledger: Ledger; readonly state: AccountState } | undefined

  /**
   * @param jetstream the operated NATS
   * @param folder    private folder of the lane, where the ledger outlives a run
   */
  constructor(
    private readonly jetstream: JetStream,
    private readonly folder: string,
  ) {
    this.kept = this.load()
  }

  /** All that publishers were told is safe. @throws Error before the first `putBack` of a lane */
  get ledger(): Ledger {
    if (!this.kept) throw new Error('The data set has not been published yet')
    return this.kept.ledger
  }

  /** Every stream and consumer, as they were when the data set had been published. */
  get state(): AccountState {
    return this.kept?.state ?? {}
  }

  /** What differs from the data set as it was published, a line each. */
  async difference(): Promise<readonly string[]> {
    if (!this.kept) return ['the data set: not published yet']
    try {
      const [now, place] = await Promise.all([accountState(this.jetstream, 0), this.placement()])
      return [...differingStreams(this.kept.state, now), ...place]
    } catch (thrown) {
      return [`${this.jetstream.site.name}: ${messageOf(thrown)}`]
    }
  }

  /**
   * Removes what isn't of the data set. If what remains has changed, all of it is published anew. A stream or consumer that
   * was just made may have no leader yet ("no responders"), and a cluster that a scenario has shaken may need a moment:
   * whatever came of one try, the next begins from it.
   *
   * @throws LabBroken with what JetStream said last
   */
  async putBack(): Promise<void> {
    await eventually({ name: `the data set in ${this.jetstream.site.name}`, ms: putBackMs }, async () => {
      await this.tryToPutBack()
      return { found: undefined }
    })
  }

  private async tryToPutBack(): Promise<void> {
    const baseline = this.kept?.state ?? {}
    const names = Object.keys(await accountState(this.jetstream))
    await this.remove(names.filter((name) => !(name in baseline)))
    const changed = !this.kept || differingStreams(baseline, await accountState(this.jetstream)).length > 0
    if (!changed) {
      await keepOffLeader(this.jetstream, mainStream.name, mainStream.offLeaderConsumer)
      return
    }
    await this.remove(Object.keys(await accountState(this.jetstream)))
    const ledger = await publishDataset(this.jetstream, 'runbook')
    const state = await accountState(this.jetstream)
    expectAllOfIt(state, ledger)
    this.kept = { ledger, state }
    this.save(this.kept)
  }

  private async remove(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.jetstream.removeStream(name)))
  }

  private async placement(): Promise<readonly string[]> {
    const { name, offLeaderConsumer } = mainStream
    const place = await placement(this.jetstream, name, offLeaderConsumer).catch(() => undefined)
    if (place?.stream !== place?.consumer) return []
    return [`consumer ${offLeaderConsumer} of ${name}: on the stream's leader ${place?.stream ?? '(none)'}`]
  }

  private load(): KeptDataset['kept'] {
    try {
      const kept = JSON.parse(readFileSync(join(this.folder, 'streams.json'), 'utf8')) as {
        readonly recipe?: string
        readonly state: AccountState
      }
      // What another checkout, or an older one, has published is another data set.
      if (kept.recipe !== recipe()) return undefined
      const ledger = Ledger.load(join(this.folder, 'ledger.ndjson'))
      expectAllOfIt(kept.state, ledger)
      return { state: kept.state, ledger }
    } catch {
      // Neither a missing nor a damaged file says anything about the lane: the data set is published anew.
      return undefined
    }
  }

  private save({ ledger, state }: { ledger: Ledger; state: AccountState }): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    ledger.save(join(this.folder, 'ledger.ndjson'))
    const file = join(this.folder, 'streams.json')
    writeFileSync(`${file}.part`, JSON.stringify({ recipe: recipe(), state }), { mode: 0o600 })
    renameSync(`${file}.part`, file)
  }
}

/** @throws Error when somebody else has published meanwhile: what nobody promised would be kept as the data set from then on */
function expectAllOfIt(state: AccountState, ledger: Ledger): void {
  const others = Object.entries(state).flatMap(([name, { messages }]) => {
    const promised = ledger.expected(name).length
    return messages === promised ? [] : [`${name} holds ${messages} messages, ${promised} were published`]
  })
  if (others.length > 0) throw new Error(`somebody else publishes: ${others.join('; ')}`)
}

/** Hash of what the data set is made by. */
function recipe(): string {
  const hash = createHash('sha256')
  for (const part of ['dataset', 'content']) hash.update(readFileSync(join(__dirname, `${part}.ts`)))
  return hash.digest('hex')
}
