import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { stringify } from 'yaml'
import { LabBroken } from '../errors'
import { leashed } from '../leash'
import { docker, inspectImage } from './docker'
import { label } from './home'
import { pipe } from './pipe'
import { hasCapability } from './private-engine'

/** A Kubernetes cluster of one node that runs. */
export interface RunningCluster {
  readonly name: string
  /** Container name of its node. */
  readonly node: string
  /** Works from this machine. */
  readonly kubeconfig: string
  /** Works from a container on the lane's network. */
  readonly internalKubeconfig: string
  /** Port on this machine's loopback at which the operated NATS answers. */
  readonly natsPort: number
}

/** The NodePort of the lab's own service in front of the operated NATS. */
export const natsNodePort = 30422

/**
 * Creates a cluster with kind. Its API answers then; what is deployed waits by itself for the node.
 *
 * @param kind    path of the kind program
 * @param name    of the cluster; its node is `<name>-control-plane`
 * @param network Docker network to be on
 * @param image   node image
 * @param folder  private folder for the kubeconfig
 * @throws LabBroken with what kind said
 */
export async function createCluster(
  kind: string,
  name: string,
  network: string,
  image: string,
  folder: string,
): Promise<RunningCluster> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const kubeconfig = join(folder, 'kubeconfig')
  const fixedCni = (await inspectImage(image))?.labels[`${label}.cni`] === 'fixed'
  const started = Date.now()
  // One that outlived a killed start would find its node removed by the next one, and clean up after itself: by the
  // cluster's name, so the next one's node too.
  const [program, args] = leashed(kind, [
    'create',
    'cluster',
    ...['--name', name],
    ...['--image', image],
    ...['--kubeconfig', kubeconfig],
    ...['--config', '-'],
    ...['--wait', '0s'],
  ])
  const created = await execa(program, args, {
    input: stringify(clusterConfig(fixedCni)),
    env: { KIND_EXPERIMENTAL_DOCKER_NETWORK: network, KIND_EXPERIMENTAL_PROVIDER: 'docker' },
    all: true,
    reject: false,
  })
  if (created.failed) {
    throw new LabBroken('RBK_CLUSTER', {
      attempted: `Creating the Kubernetes cluster ${name} failed`,
      elapsedMs: Date.now() - started,
      lastSeen: created.all.split('\n').slice(-25).join('\n'),
      next: 'What the machine needs, line by line:',
      repeat: 'npx runbook doctor',
    })
  }
  const node = `${name}-control-plane`
  const port = await docker(['port', node, String(natsNodePort)])
  const natsPort = Number(String(port.stdout).split(':').at(-1))
  const internalKubeconfig = onTheNetwork(readFileSync(kubeconfig, 'utf8'), node)
  return { name, node, kubeconfig, internalKubeconfig, natsPort }
}

/** What `kind get kubeconfig --internal` would say: the same access, by the node's name on the lane's network. */
export function onTheNetwork(kubeconfig: string, node: string): string {
  return kubeconfig.replace(/server: \S+/, `server: https://${node}:6443`)
}

/**
 * Gives a running node newer images for its pods, in place of those it started with.
 *
 * @throws LabBroken with what containerd said
 */
export async function loadImages(node: string, references: readonly string[]): Promise<void> {
  const loaded = await pipe(
    ['docker', 'save', ...references],
    ['docker', 'exec', '-i', node, 'ctr', '--namespace', 'k8s.io', 'images', 'import', '-'],
  )
  if (!loaded.failed) return
  throw new LabBroken('RBK_LOAD', {
    attempted: `Loading ${references.join(', ')} into ${node} failed`,
    lastSeen: loaded.output.slice(-1500),
    next: 'Start from a fresh lab:',
    repeat: 'npx runbook down && npx runbook up',
  })
}

function clusterConfig(fixedCni: boolean): unknown {
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    networking: { disableDefaultCNI: fixedCni },
    nodes: [
      {
        role: 'control-plane',
        // Port 0 is a free one: a taken port can't fail the start.
        extraPortMappings: [{ containerPort: natsNodePort, hostPort: 0, listenAddress: '127.0.0.1' }],
      },
    ],
    kubeadmConfigPatches: [
      stringify({
        kind: 'KubeletConfiguration',
        apiVersion: 'kubelet.config.k8s.io/v1beta1',
        // Kubernetes 1.35 and later refuse cgroup v1 unless told; harmless on v2.
        failCgroupV1: false,
        // A container that fails is started again after 1 s instead of 10 s and more: a scenario waits for
        // the system's reaction, not for a back-off that protects a real cluster from itself.
        crashLoopBackOff: { maxContainerRestartPeriod: '1s' },
        // How soon a mounted Secret that changed is seen in a pod; 60 s by default.
        syncFrequency: '5s',
        // The runtime tells the kubelet of a container's start and end. Unless told, it looks every second.
        featureGates: { EventedPLEG: true },
      }),
      stringify({
        kind: 'ClusterConfiguration',
        apiVersion: 'kubeadm.k8s.io/v1beta4',
        // Nothing of a lab has to outlive the machine's crash.
        etcd: { local: { extraArgs: [{ name: 'unsafe-no-fsync', value: 'true' }] } },
        // One of each: nobody else would take the lease.
        controllerManager: { extraArgs: [{ name: 'leader-elect', value: 'false' }] },
        scheduler: { extraArgs: [{ name: 'leader-elect', value: 'false' }] },
      }),
    ],
    containerdConfigPatches: hasCapability(24)
      ? []
      : // Without CAP_SYS_RESOURCE a negative OOM score can't be set, and every sandbox would die of it.
        ['[plugins."io.containerd.grpc.v1.cri"]\n  restrict_oom_score_adj = true'],
  }
}
