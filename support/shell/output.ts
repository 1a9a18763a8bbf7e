import { StringDecoder } from 'node:string_decoder'
import type { Stream } from './frames'

/** What a block may print, in bytes: all of it is kept and compared. More is a flood. */
export const outputLimit = 64 * 1024 * 1024

/** A piece of output: what arrived on one stream until the other had something. */
export interface Chunk {
  readonly stream: Stream
  readonly text: string
}

/**
 * Collects what a block prints, as text. Bytes that aren't UTF-8 become U+FFFD; a character that arrives
 * in two pieces belongs to the piece that completes it.
 */
export class Output {
  private readonly decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  private readonly collected: { stream: Stream; text: string }[] = []
  private bytes = 0

  /**
   * @param limit    bytes after which nothing is kept any more
   * @param onOutput told each piece as it arrives
   */
  constructor(
    private readonly limit: number,
    private readonly onOutput: (chunk: Chunk) => void = () => {},
  ) {}

  /** Whether more arrived than is kept. */
  get overflowed(): boolean {
    return this.bytes > this.limit
  }

  add(stream: Stream, bytes: Buffer): void {
    const room = Math.max(0, this.limit - this.bytes)
    this.bytes += bytes.length
    this.append(stream, this.decoders[stream].write(bytes.length > room ? bytes.subarray(0, room) : bytes))
  }

  /** @returns everything, with what an unfinished character left */
  end(): readonly Chunk[] {
    for (const stream of ['stdout', 'stderr'] as const) this.append(stream, this.decoders[stream].end())
    return this.collected
  }

  private append(stream: Stream, text: string): void {
    if (text === '') return
    const last = this.collected.at(-1)
    if (last?.stream === stream) last.text += text
    else this.collected.push({ stream, text })
    this.onOutput({ stream, text })
  }
}
