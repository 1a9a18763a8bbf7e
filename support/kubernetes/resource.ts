/** A Kubernetes object as the API has it. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Metadata
  readonly [field: string]: unknown
}

export interface Metadata {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: ReadonlyArray<{
    readonly kind: string
    readonly name: string
    readonly uid: string
  }>
  readonly [field: string]: unknown
}

/** How a kind of object is addressed. */
export interface Kind {
  /** As in `apiVersion`: `v1`, `batch/v1`. */
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
}

/** "Job test-backup": how an object is called in messages. */
export function title({ kind, metadata }: Pick<Resource, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.name}`
}
