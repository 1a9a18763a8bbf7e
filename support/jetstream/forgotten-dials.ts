import type { Socket } from 'node:net'
import type { NodeTransport } from 'nats/lib/src/node_transport'

let ended: Promise<void> | undefined

/**
 * The client library (nats 2.29) forgets a dial that took longer than its timeout, and leaves its socket open. When a server
 * answers there after all, and closes it since nobody logs in, the library dials again beside the connection that it has by
 * then, and reads both as one: "parse error", and no answer any more. Docker's proxy accepts dials while no NATS runs, so
 * that happens here. A dial that it gives up is ended for good.
 */
export function endForgottenDials(): Promise<void> {
  ended ??= end()
  return ended
}

async function end(): Promise<void> {
  const { prototype } = (await import('nats/lib/src/node_transport.js')).NodeTransport
  const { close } = prototype
  prototype.close = function (this: NodeTransport, error) {
    // With an error it's a dial that was given up, without one the end of a connection (protocol.ts, dial and _close).
    if (error === undefined) return close.call(this)
    this.done = true
    // There is none before the server has taken the connection.
    const { socket }: { socket?: Socket } = this
    socket?.destroy()
    return Promise.resolve()
  }
}
