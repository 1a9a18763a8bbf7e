import { stringify } from 'yaml'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { remove } from '../kubernetes/remove'
import type { Resource } from '../kubernetes/resource'
import { docker } from './docker'
import { label } from './home'
import { namespace } from './namespace'
import { nodeFolder } from './node'

/** A volume that the node offers: a folder of its own, which a claim of up to its size is bound to. */
export interface LabVolume {
  readonly name: string
  readonly size: string
  /** In the node. */
  readonly path: string
}

const volume = (name: string, size: string): LabVolume => ({ name, size, path: `${nodeFolder}/${name}` })

/** Three for NATS and one to spare, and two for backups. */
const volumes: readonly LabVolume[] = [
  ...['data-0', 'data-1', 'data-2', 'data-3'].map((name) => volume(name, '1Gi')),
  ...['backup-0', 'backup-1'].map((name) => volume(name, '5Gi')),
]

/**
 * Makes the folders of the node's volumes. They are `local` volumes, as a team's disks are, and not kind's host
 * paths: on those the kubelet gives no group access (a non-root pod can't write), reports no usage, and Velero
 * backs up nothing (research: kind's default volumes).
 */
export async function makeVolumeFolders(node: string): Promise<void> {
  await docker(['exec', node, 'mkdir', '--parents', ...volumes.map(({ path }) => path)])
}

/** The volumes and their storage class, as manifests. Claims bind at once, without a provisioner's pod. */
export function volumeManifests(node: string): string[] {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'Immediate',
  }
  return [storageClass, ...volumes.map((each) => volumeOf(node, each))].map((object) => stringify(object))
}

/** A volume of the node as an object. */
export function volumeOf(node: string, { name, size, path }: LabVolume): Resource {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `lab-${name}`, labels: { [label]: 'volume' } },
    spec: {
      capacity: { storage: size },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'local',
      local: { path },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  }
}

const persistentVolume = kindOf('v1', 'PersistentVolume')
const volumeClaim = kindOf('v1', 'PersistentVolumeClaim')

/** A volume that is not as a lane offers it. */
interface StrayVolume {
  readonly name: string
  readonly object: Resource
  readonly path: string
  /** Made for a scenario: it is removed, and not offered again. */
  readonly isMade: boolean
}

/** Volumes that still belong to a claim that is gone, with what it left on them, and volumes made for a scenario. */
export async function strayVolumes(kubernetes: Kubernetes): Promise<StrayVolume[]> {
  const query = { labelSelector: `${label}=volume` }
  const [volumesThere, claims] = await Promise.all([
    kubernetes.ask<{ items: Resource[] }>('GET', pathOf(persistentVolume, undefined), { query }),
    kubernetes.ask<{ items: Resource[] }>('GET', pathOf(volumeClaim, namespace)),
  ])
  const uids = new Set(claims.items.map(({ metadata }) => metadata.uid))
  return volumesThere.items.flatMap((item) => {
    // Items of a list don't say what they are.
    const object: Resource = { ...item, apiVersion: persistentVolume.apiVersion, kind: persistentVolume.kind }
    const { metadata, spec } = object
    const { claimRef, local } = spec as { claimRef?: { uid?: string }; local: { path: string } }
    const isMade = !volumes.some(({ name }) => `lab-${name}` === metadata.name)
    const isFree = claimRef === undefined || uids.has(claimRef.uid)
    return isFree && !isMade ? [] : [{ name: metadata.name, object, path: local.path, isMade }]
  })
}

/** Empties the volumes of claims that are gone, and offers them again; removes those that were made for a scenario. */
export async function recycleVolumes(kubernetes: Kubernetes, node: string): Promise<void> {
  const stray = await strayVolumes(kubernetes)
  const unclaimed = stray.filter(({ isMade }) => !isMade)
  if (unclaimed.length > 0) {
    await docker(['exec', node, 'find', ...unclaimed.map(({ path }) => path), '-mindepth', '1', '-delete'])
  }
  for (const { name } of unclaimed) {
    await kubernetes.ask('PATCH', pathOf(persistentVolume, undefined, name), {
      body: { spec: { claimRef: null } },
      type: 'application/merge-patch+json',
    })
  }
  await remove(
    kubernetes,
    namespace,
    stray.filter(({ isMade }) => isMade).map(({ object }) => object),
  )
}
