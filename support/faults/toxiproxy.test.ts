import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import { eventually } from '../eventually'
import { entry, readCatalogue } from '../lab/catalogue'
import { freePorts } from '../lab/free-ports'
import { buildProgram } from '../lab/go-program'
import { proxyDifferences, resetProxies, type Toxic, ToxicProxy } from './toxiproxy'

/** A real Toxiproxy before a real server that answers with 64 KiB. */
let api: string
let listen: string
let process: ChildProcess
let server: Server

beforeAll(async () => {
  const binary = await buildProgram(entry(readCatalogue().programs, 'toxiproxy'), () => undefined)
  const [port = 0, through = 0] = await freePorts(2)
  api = `http://127.0.0.1:${port}`
  listen = `127.0.0.1:${through}`
  process = spawn(binary, ['-host', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' })
  server = createServer((_, answer) => void answer.end(Buffer.alloc(65_536)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await eventually({ name: 'Toxiproxy', ms: 10_000 }, async () => {
    const answer = await fetch(`${api}/version`)
    return answer.ok ? { found: undefined } : { seen: String(answer.status) }
  })
})

afterAll(() => {
  process.kill()
  server.close()
})

afterEach(() => resetProxies(api))

async function opened(): Promise<ToxicProxy> {
  const proxy = new ToxicProxy(api, 'tried')
  await proxy.open(listen, `127.0.0.1:${(server.address() as AddressInfo).port}`)
  return proxy
}

/** How many bytes come, and after how many milliseconds. */
async function get(): Promise<{ bytes: number; ms: number }> {
  const started = Date.now()
  const answer = await fetch(`http://${listen}`, { signal: AbortSignal.timeout(1_500) })
  const { byteLength } = await answer.arrayBuffer()
  return { bytes: byteLength, ms: Date.now() - started }
}

const downstream = 'downstream'
const toxics: Toxic[] = [
  { type: 'timeout', stream: downstream, attributes: { timeout: 0 } },
  { type: 'reset_peer', stream: downstream, attributes: { timeout: 0 } },
  { type: 'limit_data', stream: downstream, attributes: { bytes: 10_000 } },
  { type: 'bandwidth', stream: downstream, attributes: { rate: 32 } },
]

describe('a proxy of Toxiproxy', () => {
  it.each(toxics)(
    'poisoned with $type doesn’t let an answer through, and does when it is pure',
    async (toxic) => {
      const proxy = await opened()
      await proxy.poison(toxic)
      expect(await proxyDifferences(api)).toContain(`proxy tried: toxic ${toxic.type}`)
      await expect(get()).rejects.toThrow()
      await proxy.purify()
      expect((await get()).bytes).toBe(65_536)
    },
  )

  it('poisoned with latency lets an answer through, later', async () => {
    const proxy = await opened()
    await proxy.poison({ type: 'latency', stream: downstream, attributes: { latency: 300, jitter: 0 } })
    const { bytes, ms } = await get()
    expect(bytes).toBe(65_536)
    expect(ms).toBeGreaterThan(290)
  })

  it('that does not exist can’t be poisoned or switched off', async () => {
    const proxy = new ToxicProxy(api, 'nobody')
    await expect(proxy.poison(toxics[0] as Toxic)).rejects.toThrow(LabBroken)
    await expect(proxy.enable(false)).rejects.toThrow(LabBroken)
    await expect(proxy.purify()).rejects.toThrow(LabBroken)
  })

  it('that was made for a fault is found and removed, whatever a killed run did to it', async () => {
    const proxy = await opened()
    await proxy.enable(false)
    expect(await proxyDifferences(api)).toEqual([
      'proxy tried: made for a fault',
      'proxy tried: refuses connections',
    ])
    await resetProxies(api)
    expect(await proxyDifferences(api)).toEqual([])
  })
})
