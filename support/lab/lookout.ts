import { LabBroken } from '../errors'
import { apply } from '../kubernetes/apply'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { remove } from '../kubernetes/remove'
import type { Resource } from '../kubernetes/resource'
import { podReady } from '../kubernetes/waits'
import { inNode, nodeFolder } from './node'

const name = 'lookout'
/** Of the lab alone: nothing that an operator does reaches it, and no scenario's baseline has it. */
const namespace = 'runbook-lab'

/** What a backup runs. */
export const backupImage = 'kgents/nats-backup:1.0.0'

/** The Service that backups use, by the name that it has in another namespace. */
const natsFromLookout = 'nats://nats.kgents-agents:4222'

/** Where the lookout sees the node's folder of the same name: archives that the harness keeps aside. */
export const keptFolder = `${nodeFolder}/kept`

/**
 * A pod with the backup's image beside the namespace that is operated. From it the harness sees NATS as a backup's
 * pod sees it (the same DNS, the same Service, the same tools), without being one. It is made when it's first
 * needed, and stays.
 */
export class Lookout {
  private opened: Promise<void> | undefined

  constructor(
    private readonly kubernetes: Kubernetes,
    private readonly node: string,
    /** Of the NATS user `backup`. */
    private readonly password: string,
    /** Hash of the recipe of the backup's image: a pod of an older one is made anew. */
    private readonly recipe: string,
  ) {}

  /**
   * Runs a bash script there, with the environment of a backup.
   *
   * @returns its exit code and all that it printed
   */
  async run(script: string): Promise<{ readonly exitCode: number; readonly output: string }> {
    await this.open()
    // On standard input, so that the password is in no list of processes.
    const input = [
      `export NATS_URL=${natsFromLookout} NATS_USER=backup SCRATCH_DIR=/scratch TMPDIR=/scratch`,
      // What the nats CLI asks for when it runs by itself.
      'export HOME=/scratch XDG_CONFIG_HOME=/scratch XDG_DATA_HOME=/scratch USER=backup NO_COLOR=1',
      `export NATS_PASSWORD='${this.password}'`,
      script,
    ].join('\n')
    const printed = await inNode(this.node, {
      attempted: 'The lookout could not be asked',
      script: `kubectl --kubeconfig /etc/kubernetes/admin.conf exec -i -n "$1" "$2" -- bash -c '
        status=0; bash -s 2>&1 || status=$?; printf "\\n%d" "$status"'`,
      args: [namespace, name],
      input,
    })
    const end = printed.lastIndexOf('\n')
    return { exitCode: Number(printed.slice(end + 1)), output: printed.slice(0, end) }
  }

  /** The pod is ready, made if need be. */
  private open(): Promise<void> {
    this.opened ??= this.make().catch((cause: unknown) => {
      this.opened = undefined
      throw cause
    })
    return this.opened
  }

  private async make(): Promise<void> {
    await inNode(this.node, {
      attempted: 'No folder could be made for the archives that are kept aside',
      script: 'mkdir --parents "$1" && chown 1000:1000 "$1"',
      args: [keptFolder],
    })
    const annotations = { recipe: this.recipe }
    const standing = await this.standing()
    if (standing && standing.metadata.annotations?.recipe !== this.recipe) {
      await remove(this.kubernetes, namespace, [standing])
    }
    await apply(this.kubernetes, [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, annotations }, spec },
    ])
    await podReady(this.kubernetes, { namespace, name }, { name: 'the lookout', ms: 60_000 }, LabBroken)
  }

  private standing(): Promise<Resource | undefined> {
    const path = pathOf(kindOf('v1', 'Pod'), namespace, name)
    return this.kubernetes.find(path)
  }
}

const spec = {
  // It outlives a restart of the node.
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 1,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
  containers: [
    {
      name: 'lookout',
      image: backupImage,
      imagePullPolicy: 'IfNotPresent',
      command: ['sleep', 'infinity'],
      volumeMounts: [
        { name: 'kept', mountPath: keptFolder },
        { name: 'scratch', mountPath: '/scratch' },
      ],
    },
  ],
  volumes: [
    { name: 'kept', hostPath: { path: keptFolder } },
    { name: 'scratch', emptyDir: {} },
  ],
}
