import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, entry } from './catalogue'
import { checkout } from './home'
import { digest, imageHash } from './recipe-hash'

/** What a lane was made from, part by part: a part whose hash differs is made anew, the rest stays. */
export interface Made {
  /** The node image, kind's configuration, and the manifests of what is operated. */
  readonly cluster: string
  /** Images that the node holds for its pods, by reference, each with its recipe's hash. */
  readonly workloads: Readonly<Record<string, string>>
  /** MinIO, the IAM adapter, Toxiproxy and the second site. */
  readonly services: string
  /** The toolbox's image, and the checkout that is mounted in it. */
  readonly toolbox: string
}

/** A part of a lane that can be made anew while the others stay. */
export type Part = 'cluster' | 'services' | 'toolbox'

/** Images that pods of the cluster run. */
export const workloads = ['nats', 'nats-backup'] as const
const services = ['minio', 'iam-adapter', 'toxiproxy', 'nats'] as const
/** Everything that a lane runs, by name in the catalogue. */
export const laneImages = [...new Set(['node', ...workloads, ...services, 'toolbox'])]

/** Raised when cluster.ts changes in a way that a cluster that is up doesn't have. */
const clusterFormat = '2'
/** Raised when containers.ts changes in a way that services that are up don't have. */
const servicesFormat = '3'

/** Published manifests that a cluster starts with. */
export const operatedManifests = ['namespace.yaml', 'nats.yaml'].map((file) =>
  join(checkout, 'fixtures', 'nats', file),
)

/** What a lane would be made from today. */
export function today(catalogue: Catalogue): Made {
  const hash = (name: string) => imageHash(catalogue, entry(catalogue.images, name))
  return {
    cluster: digest([
      hash('node'),
      clusterFormat,
      ...operatedManifests.map((file) => readFileSync(file, 'utf8')),
    ]),
    workloads: Object.fromEntries(
      workloads.map((name) => [entry(catalogue.images, name).reference, hash(name)]),
    ),
    services: digest([servicesFormat, ...services.map(hash)]),
    toolbox: digest([hash('toolbox'), folderIdentity(checkout)]),
  }
}

/**
 * What tells a folder from another one that has taken its place: a container that has the old one mounted sees an empty
 * place, though the path is the same.
 */
export function folderIdentity(path: string): string {
  const { dev, ino, birthtimeMs } = statSync(path)
  return [path, dev, ino, birthtimeMs].join(' ')
}

/** The parts of a lane that today's lab would make otherwise. */
export function changedParts(was: Made, is: Made): Part[] {
  return (['cluster', 'services', 'toolbox'] as const).filter((part) => was[part] !== is[part])
}

/** References of the pods' images that changed since the node got them. */
export function changedWorkloads(was: Made, is: Made): string[] {
  return Object.keys(is.workloads).filter((reference) => was.workloads[reference] !== is.workloads[reference])
}
