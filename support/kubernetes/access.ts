import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { parse } from 'yaml'

/** What it takes to speak to one API server. */
export interface Access {
  /** `https://host:port`. */
  readonly server: string
  readonly tls: {
    readonly ca?: string
    readonly cert?: string
    readonly key?: string
    readonly rejectUnauthorized?: boolean
  }
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
}

interface Kubeconfig {
  readonly 'current-context': string
  readonly contexts: ReadonlyArray<{ name: string; context: { cluster: string; user: string } }>
  readonly clusters: ReadonlyArray<{ name: string; cluster: Readonly<Record<string, string>> }>
  readonly users: ReadonlyArray<{ name: string; user: Readonly<Record<string, unknown>> }>
}

/**
 * Reads a kubeconfig's current context. What kind writes (an authority and a client certificate, both in the
 * file) is read here; everything else that a kubeconfig can ask for, such as a program that fetches a token, is
 * left to the Kubernetes client library, which takes 0.5 s to load (docs/decisions/0050).
 *
 * @param file path of the kubeconfig
 * @throws Error when it can't be read or names no cluster
 */
export async function accessOf(file: string): Promise<Access> {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig
  const context = config.contexts.find(({ name }) => name === config['current-context'])?.context
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster
  const user = config.users.find(({ name }) => name === context?.user)?.user
  const { server, 'certificate-authority-data': ca, ...otherCluster } = cluster ?? {}
  const { 'client-certificate-data': cert, 'client-key-data': key, ...otherUser } = user ?? {}
  const plain = Object.keys(otherCluster).length === 0 && Object.keys(otherUser).length === 0
  if (plain && server && ca && typeof cert === 'string' && typeof key === 'string') {
    return { server, tls: { ca: decoded(ca), cert: decoded(cert), key: decoded(key) }, headers: {} }
  }
  return byLibrary(file)
}

async function byLibrary(file: string): Promise<Access> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  config.loadFromFile(file)
  const server = config.getCurrentCluster()?.server
  if (!server) throw new Error(`${file} names no current cluster`)
  const options: RequestOptions = {}
  await config.applyToHTTPSOptions(options)
  const headers = Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), String(value)] as const],
  )
  const { ca, cert, key, rejectUnauthorized } = options
  const text = (value: unknown) => (value === undefined || value === null ? undefined : String(value))
  const tls = { ca: text(ca), cert: text(cert), key: text(key), rejectUnauthorized }
  return {
    server,
    tls: Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined)),
    headers: Object.fromEntries(headers),
  }
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8')
}
