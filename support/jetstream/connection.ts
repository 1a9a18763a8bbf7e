import type { JetStreamClient, JetStreamManager, NatsConnection } from 'nats'
import { LabBroken, messageOf } from '../errors'
import { eventually } from '../eventually'
import { endForgottenDials } from './forgotten-dials'

/** The server's numbers for "JetStream system temporarily unavailable" and "stream not found" (nats-server, server/errors.json). */
const noLeader = 10008
const noStream = 10059

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
    await endForgottenDials()
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
   * One request of the JetStream API that the client library has no method for. A stream that is choosing its leader is
   * asked again, for 20 s.
   *
   * @param subject what comes after `$JS.API.`
   * @throws ApiError when the server refuses, LabBroken when it doesn't answer
   */
  async api<T>(subject: string, body?: unknown): Promise<T> {
    const payload = body === undefined ? '' : JSON.stringify(body)
    const deadline = { name: `An answer of ${this.site.name} to ${subject}`, ms: 20_000 }
    const answer = await eventually(deadline, async () => {
      const reply = await this.connection.request(`$JS.API.${subject}`, payload, { timeout: 5_000 })
      const parsed = reply.json<T & { error?: { description: string; err_code: number } }>()
      return parsed.error?.err_code === noLeader ? { seen: parsed.error.description } : { found: parsed }
    })
    if (answer.error) throw new ApiError(answer.error.description, answer.error.err_code)
    return answer
  }

  /**
   * Removes a stream, with its messages and consumers; one that isn't there needs no removal. JetStream gives no answer
   * while it is choosing its leader, so it is asked again, for 20 s.
   *
   * @throws LabBroken when it can't be removed by then
   */
  async removeStream(name: string): Promise<void> {
    const deadline = { name: `The removal of stream ${name} at ${this.site.name}`, ms: 20_000 }
    await eventually(deadline, async () => {
      await this.manager.streams.delete(name).catch(absent)
      return { found: true }
    })
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

/** For a stream that may not be there: undefined for the client library's "stream not found", anything else is thrown on. */
export function absent(thrown: unknown): undefined {
  const { api_error } = thrown as { api_error?: { err_code: number } }
  if (api_error?.err_code === noStream) return undefined
  throw thrown
}
