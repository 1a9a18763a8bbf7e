import type { JetStreamClient, JetStreamManager, NatsConnection } from 'nats'
import { LabBroken, messageOf } from '../errors'

/** A NATS as the harness reaches it. */
export interface Site {
  /** What it is called in messages: "the operated NATS", "the second site". */
  readonly name: string
  /** `nats://host:port`. */
  readonly server: string
  readonly user: string
  readonly password: string
}

/** Open connection to one site, with the JetStream interfaces that everything here uses. */
export class JetStream implements AsyncDisposable {
  private constructor(
    readonly site: Site,
    readonly connection: NatsConnection,
    readonly client: JetStreamClient,
    readonly manager: JetStreamManager,
  ) {}

  /**
   * Connects to this address and no other: a cluster's servers name their pods' addresses to clients, and
   * from outside the cluster those lead nowhere.
   *
   * @param withinMs how long the site has to answer, in milliseconds
   * @throws LabBroken when it doesn't
   */
  static async open(site: Site, withinMs = 5_000): Promise<JetStream> {
    const { connect } = await import('nats')
    const started = Date.now()
    try {
      const connection = await connect({
        servers: site.server,
        user: site.user,
        pass: site.password,
        name: 'runbook-lab',
        timeout: withinMs,
        ignoreClusterUpdates: true,
        // A site that goes away and comes back is what scenarios are about.
        maxReconnectAttempts: -1,
        reconnectTimeWait: 100,
        reconnectJitter: 0,
      })
      const options = { timeout: withinMs, checkAPI: false }
      return new JetStream(
        site,
        connection,
        connection.jetstream(options),
        await connection.jetstreamManager(options),
      )
    } catch (cause) {
      throw new LabBroken(
        'RBK_NATS_SILENT',
        {
          attempted: `No connection to ${site.name}`,
          expected: `an answer at ${site.server} as user ${site.user}`,
          got: messageOf(cause),
          elapsedMs: Date.now() - started,
          next: 'See whether its servers run:',
          repeat: 'kubectl get pods -n kgents-agents -l app=nats',
        },
        { cause },
      )
    }
  }

  /**
   * One request of the JetStream API that the client library has no method for.
   *
   * @param subject what comes after `$JS.API.`
   * @throws Error with the server's description and its number
   */
  async api<T>(subject: string, body?: unknown): Promise<T> {
    const payload = body === undefined ? '' : JSON.stringify(body)
    const answer = await this.connection.request(`$JS.API.${subject}`, payload, { timeout: 5_000 })
    const parsed = answer.json<T & { error?: { description: string; err_code: number } }>()
    if (parsed.error) throw new ApiError(parsed.error.description, parsed.error.err_code)
    return parsed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close()
  }
}

/** What a JetStream server refused, with its own number for the reason. */
export class ApiError extends Error {
  constructor(
    description: string,
    readonly errorCode: number,
  ) {
    super(`${description} (${errorCode})`)
  }
}
