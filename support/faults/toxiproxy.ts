import { isDeepStrictEqual } from 'node:util'
import { LabBroken } from '../errors'

/**
 * What Toxiproxy does to the bytes of a connection: `upstream` is from the client to the server.
 * - bandwidth: at most `rate` KB/s
 * - latency: each part comes `latency` ms later, give or take `jitter`
 * - timeout: nothing passes; the connection is closed after `timeout` ms, never with 0
 * - limit_data: the connection is closed after `bytes` bytes
 * - reset_peer: the connection is reset after `timeout` ms
 */
export type Toxic = { readonly stream: 'upstream' | 'downstream' } & (
  | { readonly type: 'bandwidth'; readonly attributes: { readonly rate: number } }
  | { readonly type: 'latency'; readonly attributes: { readonly latency: number; readonly jitter: number } }
  | { readonly type: 'timeout' | 'reset_peer'; readonly attributes: { readonly timeout: number } }
  | { readonly type: 'limit_data'; readonly attributes: { readonly bytes: number } }
)

/** Address of Toxiproxy's HTTP API. */
export type FaultyProxies = string

/** A proxy as its API has it. */
interface ProxyState {
  readonly enabled: boolean
  readonly listen: string
  readonly upstream: string
  readonly toxics: ReadonlyArray<{ readonly name: string }>
}

/** The proxies that a lane always has (lab/containers.ts); others are made for a fault. */
const standing = ['s3', 'second-site']

/**
 * A proxy of the lab's Toxiproxy, by its HTTP API. A fault that silently isn't there makes a scenario green
 * (rabbitmq-stream-s3#306): each answer is checked.
 */
export class ToxicProxy {
  /** @param api Toxiproxy's address; @param name of the proxy: `s3`, `second-site`, or one that `open` makes */
  constructor(
    private readonly api: FaultyProxies,
    private readonly name: string,
  ) {}

  /** Lets connections through, or refuses them: those that stand are cut. @throws LabBroken when it isn't so then */
  async enable(enabled: boolean): Promise<void> {
    const state = await this.ask<ProxyState>('POST', `/${this.name}`, { enabled })
    this.expect(`be switched ${enabled ? 'on' : 'off'}`, state?.enabled === enabled, state)
  }

  /** Makes the proxy, or finds it as it would be made. @throws LabBroken when there is none then */
  async open(listen: string, upstream: string): Promise<void> {
    if (await this.isThere()) await this.close()
    const state = await this.ask<ProxyState>('POST', '', { name: this.name, listen, upstream, enabled: true })
    this.expect(
      `be made before ${upstream}`,
      state?.upstream === upstream && state.enabled === true && state.listen.endsWith(listen.slice(-5)),
      state,
    )
  }

  /** Removes the proxy: for those that `open` made. */
  async close(): Promise<void> {
    await this.ask('DELETE', `/${this.name}`)
    this.expect('be removed', !(await this.isThere()), 'it is still there')
  }

  /** Poisons every connection, those that stand too. @throws LabBroken when Toxiproxy hasn't got just this toxic then */
  async poison(toxic: Toxic): Promise<void> {
    await this.ask('POST', `/${this.name}/toxics`, { ...toxic, name: toxic.type })
    const got = await this.ask<Toxic>('GET', `/${this.name}/toxics/${toxic.type}`)
    const same =
      got?.type === toxic.type &&
      got.stream === toxic.stream &&
      isDeepStrictEqual(got.attributes, toxic.attributes)
    this.expect(`take the toxic ${JSON.stringify(toxic)}`, same, got)
  }

  /** Removes every toxic. @throws LabBroken when one is left */
  async purify(): Promise<void> {
    for (const { name } of (await this.state())?.toxics ?? []) {
      await this.ask('DELETE', `/${this.name}/toxics/${name}`)
    }
    const left = (await this.state())?.toxics
    this.expect('lose its toxics', left?.length === 0, left)
  }

  private state(): Promise<ProxyState | undefined> {
    return this.ask<ProxyState>('GET', `/${this.name}`)
  }

  private async isThere(): Promise<boolean> {
    return (await this.state())?.upstream !== undefined
  }

  /** @returns undefined for an answer that isn't a success, or has no content */
  private async ask<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
    const answer = await fetch(`${this.api}/proxies${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await answer.text()
    return answer.ok && text ? (JSON.parse(text) as T) : undefined
  }

  private expect(what: string, isSo: boolean, got: unknown): void {
    if (isSo) return
    throw new LabBroken('RBK_TOXIPROXY', {
      attempted: `Toxiproxy's proxy "${this.name}" did not ${what}`,
      got: JSON.stringify(got) ?? 'no such answer',
      repeat: `curl -s ${this.api}/proxies/${this.name}`,
    })
  }
}

/** What keeps connections from passing as they should: proxies that refuse, toxics, and proxies made for a fault. A line each. */
export async function proxyDifferences(api: FaultyProxies): Promise<string[]> {
  return Object.entries(await proxies(api)).flatMap(([name, { enabled, toxics }]) => [
    ...(standing.includes(name) ? [] : [`proxy ${name}: made for a fault`]),
    ...(enabled ? [] : [`proxy ${name}: refuses connections`]),
    ...toxics.map((toxic) => `proxy ${name}: toxic ${toxic.name}`),
  ])
}

/** Removes every toxic and every proxy that was made for a fault, and lets every connection through. */
export async function resetProxies(api: FaultyProxies): Promise<void> {
  await fetch(`${api}/reset`, { method: 'POST' })
  const made = Object.keys(await proxies(api)).filter((name) => !standing.includes(name))
  await Promise.all(made.map((name) => new ToxicProxy(api, name).close()))
}

async function proxies(api: FaultyProxies): Promise<Record<string, ProxyState>> {
  return (await (await fetch(`${api}/proxies`)).json()) as Record<string, ProxyState>
}
