import { differingFields, type Json } from '../differing-fields'
import { type Kind, type KubeObject, type Kubernetes, kinds } from './kubernetes'

/** What a namespace held at one moment: each object that a person or a procedure made, without what changes by itself. */
export type Snapshot = Readonly<Record<string, KubeObject>>

/** One object that differs from a snapshot. */
export interface ObjectDifference {
  readonly kind: Kind
  readonly name: string
  /** The object as the snapshot has it; undefined when it isn't in there. */
  readonly was: KubeObject | undefined
  /** The object as it is; undefined when it's gone. */
  readonly is: KubeObject | undefined
  /** For a person: "CronJob nats-backup: spec.suspend true, was false". */
  readonly text: string
}

/** Kinds in the order in which they are put back: what others refer to comes first. */
const compared: readonly Kind[] = [
  kinds.serviceAccount,
  kinds.role,
  kinds.roleBinding,
  kinds.secret,
  kinds.configMap,
  kinds.volumeClaim,
  kinds.service,
  kinds.networkPolicy,
  kinds.disruptionBudget,
  kinds.statefulSet,
  kinds.deployment,
  kinds.cronJob,
  kinds.job,
  kinds.pod,
]

/** Every object of the namespace that a person or a procedure made. All kinds are asked for at once. */
export async function takeSnapshot(kubernetes: Kubernetes): Promise<Snapshot> {
  const lists = await Promise.all(compared.map((kind) => kubernetes.list(kind)))
  return Object.fromEntries(
    lists
      .flat()
      .filter((object) => !madeByKubernetes(object))
      .map((object) => [keyOf(object), settled(object)]),
  )
}

/** What differs between a snapshot and now, in the order in which it can be put back. */
export function objectDifferences(before: Snapshot, now: Snapshot): ObjectDifference[] {
  return compared.flatMap((kind) => {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    return keys
      .filter((key) => key.startsWith(`${kind.kind}/`))
      .flatMap((key) => {
        const [was, is] = [before[key], now[key]]
        const name = key.slice(kind.kind.length + 1)
        const text = tell(`${kind.kind} ${name}`, was, is)
        return text === undefined ? [] : [{ kind, name, was, is, text }]
      })
  })
}

function tell(title: string, was: KubeObject | undefined, is: KubeObject | undefined): string | undefined {
  if (was === undefined) return `${title}: not in the baseline`
  if (is === undefined) return `${title}: gone`
  const fields = differingFields(json(was), json(is))
  // What a Secret holds is in no message, not even as a difference.
  const told = is.kind === 'Secret' ? fields.map((field) => field.split(' ')[0]) : fields
  return fields.length === 0 ? undefined : `${title}: ${told.join('; ')}`
}

/** Left out on purpose: what Kubernetes makes by itself, and makes again when it's deleted. */
function madeByKubernetes(object: KubeObject): boolean {
  const { name = '', ownerReferences = [] } = object.metadata ?? {}
  if (ownerReferences.length > 0) return true
  if (object.metadata?.deletionTimestamp && object.kind === 'Pod') return true
  return (
    (object.kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (object.kind === 'ServiceAccount' && name === 'default')
  )
}

/** An object without its status, and without what the cluster writes into it as time goes on. */
function settled(object: KubeObject): KubeObject {
  const { status: _, metadata = {}, ...rest } = json(object) as unknown as KubeObject
  const { annotations = {}, labels, name, namespace, deletionTimestamp } = metadata
  const kept = Object.entries(annotations).filter(
    ([key]) => !changesByItself.some((pattern) => pattern.test(key)),
  )
  return {
    ...rest,
    metadata: {
      ...(name && { name }),
      ...(namespace && { namespace }),
      ...(labels && { labels }),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
      // An object that is on its way out is not the one of the baseline.
      ...(deletionTimestamp && { deletionTimestamp }),
    },
  }
}

/** Annotations that controllers and kubectl keep their own notes in. */
const changesByItself = [
  /^kubectl\.kubernetes\.io\/last-applied-configuration$/,
  /^pv\.kubernetes\.io\//,
  /^volume\.(beta\.)?kubernetes\.io\//,
  /^deployment\.kubernetes\.io\/revision$/,
]

function keyOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata?.name}`
}

/** As JSON has it: dates as text, nothing undefined. */
function json(object: KubeObject): Json {
  return JSON.parse(JSON.stringify(object)) as Json
}
