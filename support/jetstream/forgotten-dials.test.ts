import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { JetStream } from './connection'

it('a dial that nobody answers in time is ended, so that no late answer comes', async () => {
  // As Docker's proxy does while no NATS runs behind it: it takes the connection, and says nothing.
  const ends: Promise<unknown>[] = []
  const silent = createServer((socket) => void ends.push(once(socket.resume(), 'close')))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  try {
    const { port } = silent.address() as AddressInfo
    const site = { name: 'a silent site', server: `nats://127.0.0.1:${port}`, user: 'app', password: 'app' }
    await expect(JetStream.open(site, 300)).rejects.toThrow('No connection to a silent site')
    expect(ends).toHaveLength(1)
    await Promise.all(ends)
  } finally {
    silent.close()
  }
}, 5_000)
