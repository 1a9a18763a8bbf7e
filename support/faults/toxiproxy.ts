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

/** How Toxiproxy stands: each proxy, whether it lets through, and its toxics. For comparison with a baseline. */
export async function proxyStates(
  api: string,
): Promise<Record<string, { enabled: boolean; toxics: string[] }>> {
  const answer = await fetch(`${api}/proxies`)
  const proxies = (await answer.json()) as Record<
    string,
    { enabled: boolean; toxics: Array<{ name: string }> }
  >
  return Object.fromEntries(
    Object.entries(proxies).map(([name, { enabled, toxics }]) => [
      name,
      { enabled, toxics: toxics.map((toxic) => toxic.name) },
    ]),
  )
}

/** Removes every toxic and lets every connection through. */
export async function resetProxies(api: string): Promise<void> {
  await fetch(`${api}/reset`, { method: 'POST' })
}
