import { type Kubernetes, Refused } from '../kubernetes/client'
import { containersOf } from '../kubernetes/containers'
import type { Resource } from '../kubernetes/resource'

/** What one container has printed. */
export interface PodLog {
  readonly pod: string
  readonly container: string
  readonly text: string
}

/** What the node, or the API server, says of a container that never ran; with any other answer there may be a log. */
const neverRan =
  /is waiting to start|does not have a host assigned|^container \S+ in pod \S+ is (not available|terminated)/

/**
 * The whole log of every container, init containers too, of every pod of a namespace.
 *
 * @throws Refused for a log that can't be read, unless its container never ran: then it's empty
 */
export async function podLogs(
  kubernetes: Pick<Kubernetes, 'ask' | 'text'>,
  namespace: string,
): Promise<PodLog[]> {
  const path = `/api/v1/namespaces/${namespace}/pods`
  const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', path)
  return Promise.all(
    items.flatMap(({ metadata: { name: pod }, spec }) =>
      containersOf(spec).map(async (container) => ({
        pod,
        container,
        text: await kubernetes
          .text('GET', `${path}/${pod}/log`, { query: { container } })
          .catch((error: unknown) => {
            if (error instanceof Refused && error.status === 400 && neverRan.test(error.message)) return ''
            throw error
          }),
      })),
    ),
  )
}
