import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Json } from '../differing-fields'
import type { ConsumerState } from '../jetstream/account'
import type { Message } from './message'

/** One message that the server said is safe. */
export interface Acknowledged extends Message {
  readonly stream: string
  readonly seq: number
  /** When the acknowledgement arrived; ISO. */
  readonly at: string
}

/** What a durable consumer had got to when its position was promised. */
export interface PromisedConsumer {
  readonly stream: string
  readonly name: string
  readonly state: ConsumerState
}

/** How a stream was configured when that was promised. */
export interface PromisedStream {
  readonly stream: string
  readonly config: Json
}

type Line =
  | ({ readonly kind: 'message' } & Acknowledged)
  | { readonly kind: 'deleted'; readonly stream: string; readonly seqs: readonly number[] }
  | ({ readonly kind: 'consumer' } & PromisedConsumer)
  | ({ readonly kind: 'stream' } & PromisedStream)

/**
 * What publishers were told is safe, kept outside the system that said so. A message is in it once the
 * server has acknowledged it, and never before: what wasn't acknowledged was never promised.
 */
export class Ledger {
  private readonly messages = new Map<string, Map<number, Acknowledged>>()
  private readonly gone = new Map<string, Set<number>>()
  private readonly positions = new Map<string, PromisedConsumer>()
  private readonly configs = new Map<string, PromisedStream>()

  /** Names of the streams that something was promised about. */
  get streams(): readonly string[] {
    return [...this.messages.keys()].toSorted()
  }

  get consumers(): readonly PromisedConsumer[] {
    return [...this.positions.values()]
  }

  /** How a stream must be configured; undefined where that wasn't promised. */
  config(stream: string): Json | undefined {
    return this.configs.get(stream)?.config
  }

  record(acknowledged: Acknowledged): void {
    const ofStream = this.messages.get(acknowledged.stream) ?? new Map<number, Acknowledged>()
    this.messages.set(acknowledged.stream, ofStream.set(acknowledged.seq, acknowledged))
  }

  /** These were deleted, and the server confirmed it: from now on they must not be there. */
  deleted(stream: string, seqs: Iterable<number>): void {
    const ofStream = this.gone.get(stream) ?? new Set<number>()
    for (const seq of seqs) ofStream.add(seq)
    this.gone.set(stream, ofStream)
  }

  /** A durable consumer's configuration and position, as they are now, must be kept. */
  promiseConsumer(promised: PromisedConsumer): void {
    this.positions.set(`${promised.stream} ${promised.name}`, promised)
  }

  /** A stream's configuration, as it is now, must be kept. */
  promiseStream(promised: PromisedStream): void {
    this.configs.set(promised.stream, promised)
  }

  /** The messages of a stream that must be there, in order. */
  expected(stream: string): readonly Acknowledged[] {
    const gone = this.gone.get(stream)
    return [...(this.messages.get(stream)?.values() ?? [])]
      .filter(({ seq }) => !gone?.has(seq))
      .toSorted((a, b) => a.seq - b.seq)
  }

  /** The messages of a stream that were acknowledged and then deleted. */
  deletions(stream: string): readonly Acknowledged[] {
    const gone = this.gone.get(stream) ?? new Set()
    return [...(this.messages.get(stream)?.values() ?? [])].filter(({ seq }) => gone.has(seq))
  }

  /** The ledger without the messages acknowledged after a moment: what a backup begun then has promised. */
  upTo(moment: Date): Ledger {
    const limit = moment.toISOString()
    return Ledger.of(this.lines().filter((line) => line.kind !== 'message' || line.at <= limit))
  }

  /** Writes the ledger as NDJSON, whole or not at all. */
  save(file: string): void {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      `${file}.part`,
      this.lines()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
    renameSync(`${file}.part`, file)
  }

  /** @throws Error when there is no such file */
  static load(file: string): Ledger {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    return Ledger.of(lines.map((line) => JSON.parse(line) as Line))
  }

  private static of(lines: readonly Line[]): Ledger {
    const ledger = new Ledger()
    for (const { kind, ...line } of lines) {
      if (kind === 'message') ledger.record(line as Acknowledged)
      if (kind === 'consumer') ledger.promiseConsumer(line as PromisedConsumer)
      if (kind === 'stream') ledger.promiseStream(line as PromisedStream)
      if (kind === 'deleted') {
        const { stream, seqs } = line as { stream: string; seqs: number[] }
        ledger.deleted(stream, seqs)
      }
    }
    return ledger
  }

  private lines(): readonly Line[] {
    return [
      ...[...this.messages.values()].flatMap((ofStream) =>
        [...ofStream.values()].map((each): Line => ({ kind: 'message', ...each })),
      ),
      ...[...this.gone].map(([stream, seqs]): Line => ({ kind: 'deleted', stream, seqs: [...seqs] })),
      ...this.consumers.map((each): Line => ({ kind: 'consumer', ...each })),
      ...[...this.configs.values()].map((each): Line => ({ kind: 'stream', ...each })),
    ]
  }
}
