type Named = readonly { readonly name: string }[]

interface PodSpec {
  readonly initContainers?: Named
  readonly containers?: Named
  readonly ephemeralContainers?: Named
}

/**
 * The names of a pod's containers, those that run first first. Without one's name the API server gives no log of a pod
 * that has several.
 *
 * @param spec of the pod
 */
export function containersOf(spec: unknown): string[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = (spec ?? {}) as PodSpec
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name)
}
