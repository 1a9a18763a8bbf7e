import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { createInterface } from 'node:readline'
import { LabBroken, messageOf } from '../errors'
import { type Access, accessOf } from './access'
import type { Resource } from './resource'

/** Who changed an object, as the API server notes it. */
export const fieldManager = 'runbook-lab'

/** The API server said no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message)
    this.name = 'Refused'
  }
}

interface Ask {
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** Content type of the body; JSON unless told. */
  readonly type?: string
}

/** How long one answer may take, in milliseconds. A watch has no such limit. */
const answerMs = 10_000

/**
 * Speaks to an API server over one HTTP/2 connection, on which all requests and watches run side by side. A
 * connection that broke is made anew by the next request.
 */
export class Kubernetes implements Disposable {
  private session: ClientHttp2Session | undefined
  private busy = 0

  private constructor(private readonly access: Access) {}

  /** @param kubeconfig path of a file; its current context is used. Nothing is asked yet. */
  static async open(kubeconfig: string): Promise<Kubernetes> {
    return new Kubernetes(await accessOf(kubeconfig))
  }

  /**
   * One request.
   *
   * @param path as in the API, without query
   * @returns the answer's JSON
   * @throws Refused when the server answers with an error, LabBroken when it doesn't answer within 10 s
   */
  async ask<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
    return JSON.parse(await this.text(method, path, ask)) as T
  }

  /** One object; undefined when there is none. Throws as `ask` does for anything else. */
  async find(path: string): Promise<Resource | undefined> {
    return this.ask<Resource>('GET', path).catch((error: unknown) => {
      if (error instanceof Refused && error.status === 404) return undefined
      throw error
    })
  }

  /** One request whose answer is text, such as a log. Throws as `ask` does. */
  async text(method: string, path: string, ask: Ask = {}): Promise<string> {
    const started = Date.now()
    try {
      const stream = this.begin(method, path, ask)
      // Nobody else will use a connection that left a request unanswered.
      stream.setTimeout(answerMs, () => {
        stream.destroy(new Error(`no answer within ${answerMs / 1000} s`))
        this.drop()
      })
      // Both at once: a body that nobody reads when its end arrives is thrown away.
      const [status, text] = await Promise.all([statusOf(stream), textOf(stream)])
      if (status < 300) return text
      throw refused(status, text)
    } catch (cause) {
      if (cause instanceof Refused) throw cause
      throw this.silent(`${method} ${path}`, started, cause)
    }
  }

  /**
   * Events of a watch, one by one, until the server ends it or the signal does.
   *
   * @throws Refused when the server won't have the watch; Error when the connection breaks
   */
  async *watch<T>(path: string, query: Ask['query'], signal: AbortSignal): AsyncGenerator<T> {
    const stream = this.begin('GET', path, { query: { ...query, watch: 'true' } })
    const abort = () => stream.destroy()
    signal.addEventListener('abort', abort)
    const lines = createInterface({ input: stream })[Symbol.asyncIterator]()
    try {
      const status = await statusOf(stream)
      const broken: unknown[] = []
      stream.once('error', (cause) => broken.push(cause))
      for (let line = await lines.next(); !line.done; line = await lines.next()) {
        if (status >= 300) throw refused(status, line.value)
        yield JSON.parse(line.value) as T
      }
      if (broken.length > 0 && !signal.aborted) throw broken[0]
    } finally {
      signal.removeEventListener('abort', abort)
      stream.destroy()
    }
  }

  [Symbol.dispose](): void {
    this.drop()
  }

  private begin(
    method: string,
    path: string,
    { query, body, type = 'application/json' }: Ask,
  ): ClientHttp2Stream {
    const session = this.connected()
    const search = new URLSearchParams(
      Object.entries(query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
    const headers = {
      ...this.access.headers,
      ':method': method,
      ':path': search.size > 0 ? `${path}?${search}` : path,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': type }),
    }
    // Told, because by itself a DELETE is taken for a request without a body.
    const stream = session.request(headers, { endStream: body === undefined })
    // The connection keeps this process alive only while an answer is due.
    if (this.busy++ === 0) session.ref()
    stream.once('close', () => {
      if (--this.busy === 0) session.unref()
    })
    if (body !== undefined) stream.end(typeof body === 'string' ? body : JSON.stringify(body))
    return stream
  }

  private connected(): ClientHttp2Session {
    if (this.session && !this.session.closed && !this.session.destroyed) return this.session
    const session = connect(this.access.server, this.access.tls)
    const forget = () => {
      if (this.session === session) this.session = undefined
    }
    // Whoever waits for an answer is told by the stream.
    session.on('error', forget).on('goaway', forget).on('close', forget)
    session.unref()
    this.session = session
    return session
  }

  private drop(): void {
    this.session?.destroy()
    this.session = undefined
  }

  private silent(what: string, started: number, cause: unknown): LabBroken {
    return new LabBroken(
      'RBK_KUBERNETES_SILENT',
      {
        attempted: `The Kubernetes API did not answer ${what}`,
        expected: `an answer from ${this.access.server}`,
        got: messageOf(cause),
        elapsedMs: Date.now() - started,
        next: 'Make the lab anew; what still works of it is kept:',
        repeat: 'npx runbook up',
      },
      { cause },
    )
  }
}

function statusOf(stream: ClientHttp2Stream): Promise<number> {
  return new Promise((resolve, reject) => {
    stream.once('response', (headers) => resolve(headers[':status'] ?? 0))
    stream.once('error', reject)
    stream.once('close', () => reject(new Error('the connection was closed')))
  })
}

async function textOf(stream: ClientHttp2Stream): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function refused(status: number, text: string): Refused {
  try {
    const { reason = '', message = text } = JSON.parse(text) as { reason?: string; message?: string }
    return new Refused(status, reason, message)
  } catch {
    return new Refused(status, '', text.trim() || `status ${status}`)
  }
}
