import type { Socket } from 'node:net'
import { LabBroken } from '../errors'
import { type Answer, ask, connect } from './engine-api'
import { frames, type Sink, type Stream } from './frames'

/** A process in a container, reached through the engine: its input and outputs are one connection. */
export class Exec {
  /** Resolves when the process and everything that holds its outputs have ended, or the connection broke. */
  readonly ended: Promise<void>
  /** Whether the connection still stands, as far as can be known without writing to it. */
  alive = true
  private sink: Sink | undefined
  private readonly early: [Stream, Buffer][] = []

  private constructor(
    private readonly id: string,
    private readonly socket: Socket,
    head: Buffer,
  ) {
    const feed = frames((stream, bytes) => {
      if (this.sink) this.sink(stream, bytes)
      else this.early.push([stream, bytes])
    })
    feed(head)
    socket.on('data', feed)
    socket.on('error', () => socket.destroy())
    this.ended = new Promise((resolve) => {
      const finish = () => {
        this.alive = false
        resolve()
      }
      socket.once('end', finish)
      socket.once('close', finish)
    })
    // One that waits for its turn must not keep a run from ending.
    socket.unref()
  }

  /**
   * Starts a process in a running container, as the container's own user, in its working directory.
   *
   * @throws LabBroken when the container is gone or isn't running
   */
  static async start(container: string, command: readonly string[]): Promise<Exec> {
    const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: false }
    const created = await ask('POST', `/containers/${container}/exec`, { ...streams, Cmd: command })
    const id = created.status === 201 ? (created.body as { Id: string }).Id : undefined
    if (!id) throw notStarted(container, created)
    const started = await connect(`/exec/${id}/start`, { Detach: false, Tty: false })
    if ('status' in started) throw notStarted(container, started)
    return new Exec(id, started.socket, started.head)
  }

  /** Hands over all output from the first byte on, and sends the process its input. */
  begin(input: Buffer | string, sink: Sink): void {
    this.socket.ref()
    this.sink = sink
    for (const [stream, bytes] of this.early.splice(0)) sink(stream, bytes)
    this.socket.write(input)
  }

  /** Ends the process's input. */
  endInput(): void {
    this.socket.end()
  }

  /** Gives the connection up; the process sees the end of its input. */
  [Symbol.dispose](): void {
    this.socket.destroy()
  }

  /** The exit code as the engine knows it: 128 + n after signal n; undefined where it knows none. */
  async exitCode(): Promise<number | undefined> {
    const answer = await ask('GET', `/exec/${this.id}/json`)
    return (answer.body as { ExitCode?: number | null }).ExitCode ?? undefined
  }
}

function notStarted(container: string, { status, body }: Answer): LabBroken {
  const message = (body as { message?: string } | null)?.message ?? String(body)
  return new LabBroken('RBK_TOOLBOX_GONE', {
    attempted: 'The toolbox, in which command blocks run, could not be reached',
    expected: `container ${container.slice(0, 12)}, running`,
    got: `${message.trim()} (status ${status})`,
    next: 'Make the lab anew; what still works of it is kept:',
    repeat: 'npx runbook up',
  })
}
