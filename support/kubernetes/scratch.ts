import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { laneFolder } from '../lab/session'
import { apply } from './apply'
import { Kubernetes } from './client'
import { kindOf, pathOf } from './kinds'
import type { Resource } from './resource'

const kubeconfig = join(laneFolder(0), 'kubeconfig')

/** Whether a lab is up for tests to use. */
export const labIsUp = existsSync(kubeconfig)

/** A namespace of its own for tests, on the first lane's cluster. */
export class Scratch implements AsyncDisposable {
  readonly namespace = `test-${randomBytes(4).toString('hex')}`

  private constructor(readonly kubernetes: Kubernetes) {}

  static async create(): Promise<Scratch> {
    const scratch = new Scratch(await Kubernetes.open(kubeconfig))
    const { kubernetes, namespace } = scratch
    await apply(kubernetes, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }])
    return scratch
  }

  /** A second connection, as another client has it. */
  another(): Promise<Kubernetes> {
    return Kubernetes.open(kubeconfig)
  }

  /** An object in the namespace. */
  object(apiVersion: string, kind: string, name: string, fields: object = {}): Resource {
    return { apiVersion, kind, metadata: { name, namespace: this.namespace }, ...fields }
  }

  /** Changes some fields of an object, as `kubectl patch` does. */
  async patch({ apiVersion, kind, metadata }: Resource, body: object): Promise<void> {
    const path = pathOf(kindOf(apiVersion, kind), this.namespace, metadata.name)
    await this.kubernetes.ask('PATCH', path, { body, type: 'application/merge-patch+json' })
  }

  async delete({ apiVersion, kind, metadata }: Resource): Promise<void> {
    await this.kubernetes.ask('DELETE', pathOf(kindOf(apiVersion, kind), this.namespace, metadata.name))
  }

  /** The namespace goes by itself; nobody waits for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kubernetes.ask('DELETE', `/api/v1/namespaces/${this.namespace}`)
    this.kubernetes[Symbol.dispose]()
  }
}

/** A pod that ends at once with exit code 0, or runs until it's stopped, or fails, from an image that the node has. */
export function podSpec(does: 'ends' | 'runs' | 'fails'): object {
  const args = { ends: ['--version'], runs: ['--port', '4222'], fails: ['--config', '/nowhere'] }[does]
  return {
    restartPolicy: does === 'runs' ? 'Always' : 'Never',
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'main', image: 'nats:2.15.2', imagePullPolicy: 'IfNotPresent', args }],
  }
}
