import { readFileSync } from 'node:fs'
import type { KubeConfig, KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node'
import { parseAllDocuments } from 'yaml'
import { LabBroken, messageOf } from '../errors'

/** Any object, as the API server has it. */
export interface KubeObject extends KubernetesObject {
  readonly spec?: unknown
  readonly status?: unknown
}

/** A kind of object that lives in a namespace. */
export interface Kind {
  readonly apiVersion: string
  readonly kind: string
  /** As in the API's paths. */
  readonly plural: string
}

/** The kinds that procedures here touch. */
export const kinds = {
  configMap: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  cronJob: { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs' },
  deployment: { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  disruptionBudget: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', plural: 'poddisruptionbudgets' },
  event: { apiVersion: 'v1', kind: 'Event', plural: 'events' },
  job: { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  networkPolicy: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', plural: 'networkpolicies' },
  pod: { apiVersion: 'v1', kind: 'Pod', plural: 'pods' },
  role: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', plural: 'roles' },
  roleBinding: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', plural: 'rolebindings' },
  secret: { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' },
  service: { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  serviceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  statefulSet: { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  volumeClaim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims' },
} as const satisfies Record<string, Kind>

/** One namespace of a cluster, reached as the harness; an operator reaches it by kubectl in the toolbox. */
export class Kubernetes {
  private constructor(
    readonly namespace: string,
    readonly config: KubeConfig,
    readonly objects: KubernetesObjectApi,
  ) {}

  /**
   * @param kubeconfig path of a kubeconfig that works from this machine
   * @throws LabBroken when it can't be read
   */
  static async open(kubeconfig: string, namespace: string): Promise<Kubernetes> {
    // Loaded here and not above: it is the heaviest of all libraries, and a run that is refused doesn't need it.
    const { KubeConfig, KubernetesObjectApi } = await import('@kubernetes/client-node')
    const config = new KubeConfig()
    try {
      config.loadFromFile(kubeconfig)
      return new Kubernetes(namespace, config, KubernetesObjectApi.makeApiClient(config))
    } catch (cause) {
      throw new LabBroken(
        'RBK_KUBECONFIG',
        {
          attempted: `The cluster's kubeconfig can't be used: ${kubeconfig}`,
          got: messageOf(cause),
          next: 'Make the lab anew:',
          repeat: 'npx runbook down && npx runbook up',
        },
        { cause },
      )
    }
  }

  /** Every object of a kind. @param labels a label selector, as kubectl's `-l` */
  async list({ apiVersion, kind }: Kind, labels?: string): Promise<KubeObject[]> {
    const { items } = await this.objects.list<KubeObject>(
      ...([apiVersion, kind, this.namespace, undefined, undefined, undefined, undefined, labels] as const),
    )
    return items.map((item) => ({ ...item, apiVersion, kind }))
  }

  /** One object; undefined when there is none of that name. */
  async read({ apiVersion, kind }: Kind, name: string): Promise<KubeObject | undefined> {
    try {
      return await this.objects.read<KubeObject>({
        apiVersion,
        kind,
        metadata: { name, namespace: this.namespace },
      })
    } catch (error) {
      if (statusOf(error) === 404) return undefined
      throw error
    }
  }

  /** Server-side apply of objects, as the field manager `runbook-lab`, taking over fields that others own. */
  async apply(objects: readonly KubeObject[]): Promise<void> {
    for (const object of objects) {
      await this.objects.patch(
        object,
        undefined,
        undefined,
        'runbook-lab',
        true,
        'application/apply-patch+yaml' as never,
      )
    }
  }

  /** Server-side apply of every object in a manifest. @param file path of a YAML file */
  async applyFile(file: string): Promise<void> {
    const documents = parseAllDocuments(readFileSync(file, 'utf8'))
    await this.apply(documents.map((document) => document.toJS() as KubeObject).filter(Boolean))
  }

  /** Deletes an object and, in the background, what it owns. It is no error when it's gone already. */
  async remove({ apiVersion, kind }: Kind, name: string, graceSeconds?: number): Promise<void> {
    const object = { apiVersion, kind, metadata: { name, namespace: this.namespace } }
    await this.objects
      .delete(object, undefined, undefined, graceSeconds, undefined, 'Background')
      .catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error
      })
  }

  /** The last lines of a container's log; what can't be had is said instead. */
  async log(pod: string, container: string, lines: number): Promise<string> {
    const { CoreV1Api } = await import('@kubernetes/client-node')
    const core = this.config.makeApiClient(CoreV1Api)
    return core
      .readNamespacedPodLog({ name: pod, namespace: this.namespace, container, tailLines: lines })
      .catch((error: unknown) => `(no log: ${messageOf(error).split('\n')[0]})`)
  }
}

/** The HTTP status of an error that the API server answered with. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined
}
