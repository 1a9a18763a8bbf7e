import { LabBroken } from '../errors'

/** What a proxy does to the connections through it, in Toxiproxy's words; `upstream` is towards the server. */
export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'slow_close' | 'timeout' | 'reset_peer' | 'slicer' | 'limit_data'
  readonly stream: 'upstream' | 'downstream'
  readonly attributes: Readonly<Record<string, number>>
}

/** A proxy of the lab's Toxiproxy, by its HTTP API. */
export class ToxicProxy {
  /** @param api Toxiproxy's address; @param name of the proxy: `s3` or `second-site` */
  constructor(
    private readonly api: string,
    private readonly name: string,
  ) {}

  /**
   * Lets connections through, or refuses them: those that stand are cut.
   *
   * @throws LabBroken when Toxiproxy doesn't say that it did so
   */
  async enable(enabled: boolean): Promise<void> {
    const answer = await fetch(`${this.api}/proxies/${this.name}`, {
      method: 'POST',
      body: JSON.stringify({ enabled }),
    })
    const state = answer.ok ? ((await answer.json()) as { enabled?: boolean }) : {}
    // A fault that silently isn't there makes a scenario green (rabbitmq-stream-s3#306): what it answers is checked.
    if (state.enabled === enabled) return
    throw new LabBroken('RBK_TOXIPROXY', {
      attempted: `Toxiproxy did not switch "${this.name}" ${enabled ? 'on' : 'off'}`,
      got: `HTTP ${answer.status}`,
      repeat: `curl -s ${this.api}/proxies/${this.name}`,
    })
  }

  /**
   * Puts a toxic on the proxy, for connections that stand and for new ones. One of a kind for each direction.
   *
   * @throws LabBroken when Toxiproxy doesn't say that it did so
   */
  async add(toxic: Toxic): Promise<void> {
    const answer = await fetch(`${this.api}/proxies/${this.name}/toxics`, {
      method: 'POST',
      body: JSON.stringify({ ...toxic, name: nameOf(toxic) }),
    })
    const added = answer.ok ? ((await answer.json()) as Partial<Toxic>) : {}
    const is = JSON.stringify([added.type, added.stream, added.attributes])
    if (is === JSON.stringify([toxic.type, toxic.stream, toxic.attributes])) return
    throw new LabBroken('RBK_TOXIPROXY', {
      attempted: `Toxiproxy did not put the toxic ${nameOf(toxic)} on "${this.name}"`,
      got: `HTTP ${answer.status}${answer.ok ? `, ${is}` : ''}`,
      repeat: `curl -s ${this.api}/proxies/${this.name}`,
    })
  }

  /** Takes a toxic off. One that isn't there is no error. @throws LabBroken when Toxiproxy refuses */
  async remove(toxic: Toxic): Promise<void> {
    const url = `${this.api}/proxies/${this.name}/toxics/${nameOf(toxic)}`
    const { ok, status } = await fetch(url, { method: 'DELETE' })
    if (ok || status === 404) return
    throw new LabBroken('RBK_TOXIPROXY', {
      attempted: `Toxiproxy did not take the toxic ${nameOf(toxic)} off "${this.name}"`,
      got: `HTTP ${status}`,
      repeat: `curl -s ${this.api}/proxies/${this.name}`,
    })
  }
}

function nameOf({ type, stream }: Toxic): string {
  return `${type}_${stream}`
}

/** Address of Toxiproxy's HTTP API. */
export type FaultyProxies = string

/** What keeps connections from passing as they should: proxies that refuse, and toxics. A line each. */
export async function proxyDifferences(api: FaultyProxies): Promise<string[]> {
  const answer = await fetch(`${api}/proxies`)
  const proxies = (await answer.json()) as Record<
    string,
    { enabled: boolean; toxics: Array<{ name: string }> }
  >
  return Object.entries(proxies).flatMap(([name, { enabled, toxics }]) => [
    ...(enabled ? [] : [`proxy ${name}: refuses connections`]),
    ...toxics.map((toxic) => `proxy ${name}: toxic ${toxic.name}`),
  ])
}

/** Removes every toxic and lets every connection through. */
export async function resetProxies(api: FaultyProxies): Promise<void> {
  await fetch(`${api}/reset`, { method: 'POST' })
}
