import { constants } from 'node:os'

/** A line of a block that failed while the block went on. */
export interface FailedLine {
  readonly line: number
  readonly exitCode: number
  /** 0 for a line of the block itself, more within its subshells and functions. */
  readonly depth: number
  /** The command as bash had it, its first 400 characters. */
  readonly command: string
}

/** How a block ended, as its supervisor in the toolbox saw it. */
export interface Account {
  /** null when a signal ended bash. */
  readonly exitCode: number | null
  /** As `SIGTERM`; null when bash exited. */
  readonly signal: string | null
  readonly durationMs: number
  /** Whether it was killed because the harness wanted its end, or was gone. */
  readonly abandoned: boolean
  /** Command lines of the processes that outlived the block, and were killed. */
  readonly leftRunning: readonly string[]
  /** The lines that failed, the first some hundred of them; the last one too, when the block ended by it. */
  readonly failedLines: readonly FailedLine[]
  /** Why the block couldn't be started at all. */
  readonly broken?: string
}

/**
 * Finds where a block's output ends and what its supervisor adds begins, on one stream:
 * a marker with the nonce, an account (none on stdout), and the nonce again.
 */
export class EndReader {
  private readonly marker: Buffer
  private held: Buffer = Buffer.alloc(0)
  private added: Buffer | undefined

  /** @param nonce what the supervisor was told to mark the end with; no block knows it */
  constructor(private readonly nonce: string) {
    this.marker = Buffer.from(`\0${nonce}\0`)
  }

  /** @returns what of this piece, and of the end of the one before, is the block's own */
  pass(piece: Buffer): Buffer {
    if (this.added) {
      this.added = Buffer.concat([this.added, piece])
      return Buffer.alloc(0)
    }
    const all = this.held.length > 0 ? Buffer.concat([this.held, piece]) : piece
    const at = all.indexOf(this.marker)
    if (at >= 0) this.added = all.subarray(at + this.marker.length)
    const end = at >= 0 ? at : all.length - beginningAtEnd(all, this.marker)
    this.held = at >= 0 ? Buffer.alloc(0) : all.subarray(end)
    return all.subarray(0, end)
  }

  /** Whether all that will ever come has come. */
  get complete(): boolean {
    return this.added?.toString('utf8').endsWith(`${this.nonce}\0`) ?? false
  }

  /** What was held back as the possible beginning of a marker that never came. */
  rest(): Buffer {
    return this.held
  }

  /** @returns undefined when the supervisor ended without giving one */
  account(): Account | undefined {
    return this.complete ? parse(this.added?.toString('utf8').split('\0').slice(0, -2) ?? []) : undefined
  }
}

/** How many bytes at the end of `all` may be the beginning of `marker`. */
function beginningAtEnd(all: Buffer, marker: Buffer): number {
  for (let length = Math.min(marker.length - 1, all.length); length > 0; length--) {
    if (all.subarray(all.length - length).equals(marker.subarray(0, length))) return length
  }
  return 0
}

function parse(fields: readonly string[]): Account {
  const [status = 0, durationMs = 0, abandoned = 0, left = 0] = fields.slice(0, 4).map(Number)
  const common = {
    ...ended(status),
    durationMs,
    abandoned: abandoned === 1,
    leftRunning: fields.slice(4, 4 + left),
  }
  const notes = fields.slice(4 + left)
  const failedLines: FailedLine[] = []
  for (let at = 0; at + 3 < notes.length; at += 4) {
    const [exitCode = '', line, depth, command = ''] = notes.slice(at, at + 4)
    if (exitCode === 'broken') return { ...common, failedLines, broken: command }
    failedLines.push({ line: Number(line), exitCode: Number(exitCode), depth: Number(depth), command })
  }
  return { ...common, failedLines }
}

/** A wait status is the exit code times 256, or the signal's number (plus 128 when it dumped core). */
function ended(status: number): Pick<Account, 'exitCode' | 'signal'> {
  const signal = status & 127
  return signal === 0
    ? { exitCode: status >> 8, signal: null }
    : { exitCode: null, signal: signalName(signal) }
}

/** The name of a signal by its number: `SIGKILL` for 9. */
export function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`
}
