import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { HarnessMisused, messageOf } from '../errors'
import type { ClusterSettings } from './settings'

type Fields = Readonly<Record<string, unknown>>

interface Kubeconfig {
  readonly contexts?: ReadonlyArray<{ name: string; context: { cluster: string; user: string } & Fields }>
  readonly clusters?: ReadonlyArray<{ name: string; cluster: Fields }>
  readonly users?: ReadonlyArray<{ name: string; user: Fields }>
}

/** What may be in a file beside the kubeconfig, and the field that holds the same as data. */
const inFiles: Readonly<Record<string, string>> = {
  'certificate-authority': 'certificate-authority-data',
  'client-certificate': 'client-certificate-data',
  'client-key': 'client-key-data',
}

/**
 * A kubeconfig that holds the allowed context and no other, with all that it needs in it: it is what the operator in the
 * toolbox gets, so nothing that is pasted there can reach another cluster.
 *
 * @returns its text
 * @throws HarnessMisused when the context isn't there, leads to another server than the settings say, or needs a program
 *         that the toolbox doesn't have
 */
export function onlyContext(
  settings: Pick<ClusterSettings, 'kubeconfig' | 'context' | 'server' | 'name'>,
): string {
  const { kubeconfig: file, context: name, server } = settings
  const config = read(file)
  const context = config.contexts?.find((each) => each.name === name)?.context
  const cluster = config.clusters?.find((each) => each.name === context?.cluster)?.cluster
  const user = config.users?.find((each) => each.name === context?.user)?.user
  if (!context || !cluster || !user) {
    throw new HarnessMisused('RBK_CONTEXT', {
      attempted: `The kubeconfig ${file} has no context "${name}" with a cluster and a user`,
      got: `contexts: ${config.contexts?.map((each) => each.name).join(', ') || 'none'}`,
      repeat: `kubectl config get-contexts --kubeconfig ${file}`,
    })
  }
  if (String(cluster.server).replace(/\/$/, '') !== server) {
    throw new HarnessMisused('RBK_CONTEXT', {
      attempted: `The context "${name}" leads to another cluster than the file of ${settings.name} allows; nothing was asked of it`,
      expected: server,
      got: String(cluster.server),
      next: `If that is right, correct "server" in the file of ${settings.name}.`,
    })
  }
  const program = ['exec', 'auth-provider'].find((field) => field in user)
  if (program !== undefined) {
    throw new HarnessMisused('RBK_CONTEXT', {
      attempted: `The user of the context "${name}" gets its access from a program ("${program}"), which the toolbox doesn't have`,
      next: 'Give it a token of a service account that may do what the runbooks do:',
      repeat: 'kubectl create token SERVICE_ACCOUNT -n kgents-agents --duration=8h',
    })
  }
  const embedded = (fields: Fields) => withFilesIn(fields, file)
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context }],
    clusters: [{ name: context.cluster, cluster: embedded(cluster) }],
    users: [{ name: context.user, user: embedded(user) }],
  })
}

function read(file: string): Kubeconfig {
  try {
    return (parse(readFileSync(file, 'utf8')) ?? {}) as Kubeconfig
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

function unreadable(file: string, cause: unknown): HarnessMisused {
  const account = { attempted: `The kubeconfig ${file} can't be read`, got: messageOf(cause) }
  return new HarnessMisused('RBK_CONTEXT', account, { cause })
}

/** With the content of the files that it names in the place of their names. */
function withFilesIn(fields: Fields, kubeconfig: string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const bytes = () => readBeside(kubeconfig, String(value))
      if (name === 'tokenFile') return ['token', bytes().toString('utf8').trim()]
      const data = inFiles[name]
      return data === undefined ? [name, value] : [data, bytes().toString('base64')]
    }),
  )
}

function readBeside(kubeconfig: string, path: string): Buffer {
  try {
    return readFileSync(resolve(dirname(kubeconfig), path))
  } catch (cause) {
    throw unreadable(kubeconfig, cause)
  }
}
