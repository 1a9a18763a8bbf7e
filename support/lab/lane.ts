import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kubernetes } from '../kubernetes/client'
import { baselineOf } from '../kubernetes/difference'
import { objectsIn } from '../kubernetes/objects'
import { hostnames, type LaneAddress } from './address'
import type { Catalogue } from './catalogue'
import { createCluster, loadImages } from './cluster'
import { LaneContainers, partLabel, type StoreKeys } from './containers'
import { docker } from './docker'
import { checkout, label, laneName } from './home'
import { kindLabel, removeContainers } from './leftovers'
import { changedWorkloads, type Part, today } from './made'
import { namespace } from './namespace'
import { nodeImage } from './node-image'
import { deployOperated } from './operated'
import { writeForOperator } from './operator-file'
import { baselineFile, type Lane, laneFolder } from './session'

/**
 * Makes a lane: all of it, or the parts of a standing one that are stale. The cluster with NATS in it
 * and the containers beside it start at the same time.
 *
 * @param kind     path of the kind program
 * @param standing the lane as it is; undefined for a new one
 * @param stale    what to make anew of a standing lane
 * @throws LabBroken with what didn't start, and why
 */
export async function makeLane(
  lane: number,
  catalogue: Catalogue,
  kind: string,
  standing?: Lane,
  stale: readonly Part[] = [],
): Promise<Lane> {
  const name = laneName(lane)
  const isStale = (part: Part) => !standing || stale.includes(part)
  mkdirSync(laneFolder(lane), { recursive: true, mode: 0o700 })
  if (!standing) await docker(['network', 'create', '--label', `${label}=${name}`, name])

  const containers = new LaneContainers(catalogue, name)
  // Merged: a lane that was made before a user was added has no password for it yet.
  const passwords: Passwords = {
    app: LaneContainers.secret(),
    backup: LaneContainers.secret(),
    restore: LaneContainers.secret(),
    ...standing?.address.nats.passwords,
  }
  const keys = standing && !isStale('services') ? standing.address.s3 : LaneContainers.keys()
  const untouched = !isStale('cluster') && !isStale('services') && !isStale('toolbox')
  const [cluster, services, toolbox] = await allSettled([
    standing && !isStale('cluster')
      ? keepCluster(standing, catalogue)
      : newCluster(kind, name, lane, catalogue, passwords),
    standing && !isStale('services')
      ? keepServices(standing)
      : newServices(containers, name, passwords, keys),
    standing && untouched ? standing.address.toolbox : newToolbox(containers, name, lane, keys),
  ])
  giveAccess(lane, cluster.internalKubeconfig)
  const address: LaneAddress = {
    lane,
    network: name,
    cluster: cluster.address,
    toolbox,
    s3: services.s3,
    iam: services.iam,
    toxiproxy: services.toxiproxy,
    nats: { operated: cluster.nats, secondSite: services.secondSite, passwords },
  }
  return { address, made: today(catalogue), internalKubeconfig: cluster.internalKubeconfig }
}

type Passwords = LaneAddress['nats']['passwords']

interface ClusterPart {
  readonly address: LaneAddress['cluster']
  readonly nats: string
  readonly internalKubeconfig: string
}

interface ServicesPart {
  readonly s3: LaneAddress['s3']
  readonly iam: string
  readonly toxiproxy: string
  readonly secondSite: string
}

async function newCluster(
  kind: string,
  name: string,
  lane: number,
  catalogue: Catalogue,
  passwords: Passwords,
): Promise<ClusterPart> {
  const image = await nodeImage(catalogue)
  await removeContainers(`${kindLabel}=${name}`)
  const cluster = await createCluster(kind, name, name, image, laneFolder(lane))
  await deployOperated(cluster.node, passwords)
  await keepBaseline(lane, cluster.kubeconfig)
  return {
    address: { name, node: cluster.node, kubeconfig: cluster.kubeconfig },
    nats: `nats://127.0.0.1:${cluster.natsPort}`,
    internalKubeconfig: cluster.internalKubeconfig,
  }
}

/** What the namespace of a fresh cluster holds: to this every scenario's beginning is compared. */
async function keepBaseline(lane: number, kubeconfig: string): Promise<void> {
  using kubernetes = await Kubernetes.open(kubeconfig)
  const objects = baselineOf(await objectsIn(kubernetes, namespace))
  writeFileSync(baselineFile(lane), JSON.stringify([...objects]), { mode: 0o600 })
}

async function keepCluster(standing: Lane, catalogue: Catalogue): Promise<ClusterPart> {
  const { cluster, nats } = standing.address
  const changed = changedWorkloads(standing.made, today(catalogue))
  if (changed.length > 0) await loadImages(cluster.node, changed)
  return { address: cluster, nats: nats.operated, internalKubeconfig: standing.internalKubeconfig }
}

async function newServices(
  containers: LaneContainers,
  name: string,
  passwords: Passwords,
  keys: StoreKeys,
): Promise<ServicesPart> {
  await removePart(name, 'services')
  const [direct, iam, toxiproxy, secondSite] = await allSettled([
    containers.objectStore(keys),
    containers.iamAdapter(keys),
    containers.toxiproxy(),
    containers.secondSite(passwords),
  ])
  const { accessKey, secretKey } = keys
  return { s3: { direct, accessKey, secretKey, region: 'us-east-1' }, iam, toxiproxy, secondSite }
}

async function keepServices({ address }: Lane): Promise<ServicesPart> {
  return {
    s3: address.s3,
    iam: address.iam,
    toxiproxy: address.toxiproxy,
    secondSite: address.nats.secondSite,
  }
}

/** The toolbox starts beside the cluster: its kubeconfig is a file that is filled once the cluster is there. */
async function newToolbox(
  containers: LaneContainers,
  name: string,
  lane: number,
  keys: StoreKeys,
): Promise<string> {
  await removePart(name, 'toolbox')
  const kubeconfig = operatorKubeconfig(lane)
  const operator = writeForOperator(kubeconfig, '')
  return containers.toolbox(checkout, kubeconfig, environmentOf(keys), operator)
}

/** What stands for AWS on the lane, as the AWS CLI is led to it. */
function environmentOf({ accessKey, secretKey }: StoreKeys): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://${hostnames.s3}:9000`,
    AWS_ENDPOINT_URL_IAM: `http://${hostnames.iam}:8080`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKey,
  }
}

/** Fills the operator's kubeconfig, which the operator in the toolbox can read and nobody else: the same file, since it's mounted there. */
function giveAccess(lane: number, internalKubeconfig: string): void {
  writeFileSync(operatorKubeconfig(lane), internalKubeconfig)
}

function operatorKubeconfig(lane: number): string {
  return join(laneFolder(lane), 'operator-kubeconfig')
}

async function removePart(name: string, part: Part): Promise<void> {
  await removeContainers(`${label}=${name}`, `${partLabel}=${part}`)
}

/** Every result; when one fails, the others have ended too, so that what they made can be found and removed. */
async function allSettled<const Works extends readonly unknown[]>(
  works: Works,
): Promise<{ -readonly [Index in keyof Works]: Awaited<Works[Index]> }> {
  await Promise.allSettled(works)
  return Promise.all(works)
}
