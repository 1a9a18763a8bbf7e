import type { Json } from '../differing-fields'
import type { Metadata, Resource } from './resource'
import { isSettled } from './waits'

type Fields = Readonly<Record<string, unknown>>

/** What of an object's metadata is up to whoever made it. */
const kept = ['name', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences'] as const

/** Annotations by which controllers remember what they did. */
const controllers =
  /^(pv\.kubernetes\.io|volume\.kubernetes\.io|volume\.beta\.kubernetes\.io|deployment\.kubernetes\.io)\//

/** Labels that the Job controller puts on a Job's pods, and what it selects them by. */
const ofJob = /(^|\/)(controller-uid|job-name)$/

/** Fields of `spec` that the cluster fills in, by kind: who made the object didn't choose them. */
const assigned: Readonly<Record<string, readonly string[]>> = {
  Service: ['clusterIP', 'clusterIPs'],
  PersistentVolumeClaim: ['volumeName'],
  Job: ['selector'],
  Pod: ['nodeName'],
}

/**
 * An object as someone would have to write it to get it: without status, identity and bookkeeping. A
 * workload also says whether it is `settled`: as many ready replicas as it asks for.
 */
export function manifestOf(resource: Resource): Resource {
  const { status: _, metadata, spec, ...rest } = resource
  return {
    ...rest,
    metadata: metadataOf(metadata),
    ...(spec === undefined ? {} : { spec: specOf(resource.kind, spec as Fields) }),
  }
}

/** Whether an object is as it was made to be: not on its way out, and a workload with all its replicas. */
export function isAtRest(resource: Resource): boolean {
  if (resource.metadata.deletionTimestamp) return false
  return !['StatefulSet', 'Deployment'].includes(resource.kind) || isSettled(resource)
}

/**
 * The object to put in the place of a changed one: as in the baseline, but with what the cluster assigned to
 * the one that is there now, which can't be changed.
 */
export function replacement(baseline: Resource, now: Resource): Resource {
  const spec = (now.spec ?? {}) as Fields
  const given = (assigned[now.kind] ?? []).filter((field) => field in spec)
  const notes = Object.entries(now.metadata.annotations ?? {}).filter(([name]) => controllers.test(name))
  return {
    ...baseline,
    metadata: {
      ...baseline.metadata,
      ...(now.metadata.resourceVersion ? { resourceVersion: now.metadata.resourceVersion } : {}),
      annotations: { ...baseline.metadata.annotations, ...Object.fromEntries(notes) },
    },
    ...(baseline.spec === undefined
      ? {}
      : {
          spec: {
            ...(baseline.spec as Fields),
            ...Object.fromEntries(given.map((field) => [field, spec[field]])),
          },
        }),
  }
}

/** Whether a field's name says that its value is a secret's. */
export function concealed(manifest: Resource, digest: (value: string) => string): Json {
  if (manifest.kind !== 'Secret') return manifest as unknown as Json
  const values = Object.entries((manifest.data ?? {}) as Record<string, string>)
  const notes = Object.entries(manifest.metadata.annotations ?? {})
  const digested = (entries: [string, string][]) =>
    Object.fromEntries(entries.map(([name, value]) => [name, digest(value)]))
  const metadata = { ...manifest.metadata, annotations: digested(notes) }
  return { ...manifest, metadata, data: digested(values) } as unknown as Json
}

function metadataOf(metadata: Metadata): Metadata {
  const own = kept.flatMap((field) =>
    metadata[field] === undefined ? [] : [[field, metadata[field]] as const],
  )
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([name]) => !controllers.test(name))
  const labels = Object.entries(metadata.labels ?? {}).filter(([name]) => !ofJob.test(name))
  return {
    ...(Object.fromEntries(own) as Fields),
    name: metadata.name,
    annotations: Object.fromEntries(annotations),
    labels: Object.fromEntries(labels),
  }
}

function specOf(kind: string, spec: Fields): Fields {
  const chosen = Object.entries(spec).filter(
    ([field, value]) => !assigned[kind]?.includes(field) || value === 'None' || isHeadless(field, value),
  )
  const own = Object.fromEntries(chosen)
  return kind === 'Job' ? { ...own, template: withoutJobLabels(own.template as Fields) } : own
}

function isHeadless(field: string, value: unknown): boolean {
  return field === 'clusterIPs' && Array.isArray(value) && value[0] === 'None'
}

function withoutJobLabels(template: Fields): Fields {
  const metadata = (template.metadata ?? {}) as { labels?: Record<string, string> }
  const labels = Object.entries(metadata.labels ?? {}).filter(([name]) => !ofJob.test(name))
  return { ...template, metadata: { ...metadata, labels: Object.fromEntries(labels) } }
}
