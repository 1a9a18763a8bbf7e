import { LabBroken } from '../errors'

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
