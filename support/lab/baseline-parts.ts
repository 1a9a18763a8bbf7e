import { clusterDnsDifference, clusterDnsUp } from '../faults/cluster-dns'
import { type FaultyProxies, proxyDifferences, resetProxies } from '../faults/toxiproxy'
import type { EmptySite } from '../jetstream/empty-site'
import type { KeptDataset } from '../jetstream/kept-dataset'
import type { Kubernetes } from '../kubernetes/client'
import { deviations, type Baseline as Objects } from '../kubernetes/difference'
import { objectsIn } from '../kubernetes/objects'
import { putBack } from '../kubernetes/put-back'
import { difference } from '../objectstore/difference'
import { restore } from '../objectstore/restore'
import { snapshot as storeSnapshot } from '../objectstore/snapshot'
import { emptyStore } from '../objectstore/state'
import type { ObjectStore } from '../objectstore/store'
import { Baseline, type BaselinePart } from './baseline'
import { namespace } from './namespace'
import type { NodeChanges } from './node-changes'
import { toolboxFiles } from './toolbox-files'
import { recycleVolumes, strayVolumes } from './volumes'

/** What the parts of a lane's baseline are looked at through. */
export interface BaselineSources {
  readonly kubernetes: Kubernetes
  /** The objects of the fresh cluster. */
  readonly objects: Objects
  readonly node: string
  readonly changes: NodeChanges
  readonly dataset: KeptDataset
  readonly secondSite: EmptySite
  readonly store: ObjectStore
  readonly toxiproxy: FaultyProxies
  /** Container of the toolbox. */
  readonly toolbox: string
}

/** The parts of a lane's baseline: the cluster with what is in it, what is beside it, and what the cluster writes to. */
export function baselineOf(sources: BaselineSources): Baseline {
  const { kubernetes, objects, node, changes, dataset, secondSite, store, toxiproxy } = sources
  // Before the servers that find each other by name.
  const dns: BaselinePart = {
    name: 'cluster DNS',
    difference: () => clusterDnsDifference(kubernetes),
    putBack: () => clusterDnsUp(kubernetes),
  }
  const proxies: BaselinePart = {
    name: 'Toxiproxy',
    difference: () => proxyDifferences(toxiproxy),
    putBack: () => resetProxies(toxiproxy),
  }
  const cluster: BaselinePart = {
    name: 'Kubernetes',
    difference: async () =>
      deviations(objects, await objectsIn(kubernetes, namespace)).flatMap(({ lines }) => lines),
    putBack: async () => void (await putBack(kubernetes, namespace, objects)),
  }
  const volumes: BaselinePart = {
    name: 'volumes',
    difference: async () =>
      (await strayVolumes(kubernetes)).map(
        ({ name, isMade }) => `volume ${name}: ${isMade ? 'made for a scenario' : 'of a claim that is gone'}`,
      ),
    putBack: () => recycleVolumes(kubernetes, node),
  }
  // After the pods that had a mount open, and before the servers that are to find each other.
  const nodeItself: BaselinePart = {
    name: 'node',
    difference: async () => changes.difference(),
    putBack: () => changes.putBack(),
  }
  const nats: BaselinePart = {
    name: 'NATS',
    difference: () => dataset.difference(),
    putBack: () => dataset.putBack(),
  }
  const site: BaselinePart = {
    name: 'second site',
    difference: () => secondSite.difference(),
    putBack: () => secondSite.putBack(),
  }
  const objectStore: BaselinePart = {
    name: 'object store',
    difference: async () => difference(emptyStore, await storeSnapshot(store)),
    putBack: async () => void (await restore(store)),
  }
  return new Baseline(
    [[dns, cluster, volumes, nodeItself, nats], [proxies], [toolboxFiles(sources.toolbox)]],
    [[site], [objectStore]],
  )
}
