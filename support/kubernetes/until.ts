import type { Account } from '../errors'
import { RunbookFailed } from '../errors'
import type { Blame, Deadline, Look } from '../eventually'
import type { Kind, KubeObject, Kubernetes } from './kubernetes'

/** Hints for the message of a wait that ends, and whose fault that is; the runbook's unless told. */
export type Hints = Partial<Account> & { readonly blame?: Blame }

/**
 * Waits for a state of the cluster by watching it: nothing is asked twice, and the wait ends with the event that
 * brings the state about. A connection that breaks, as with an API server that restarts, is made again from a
 * fresh list.
 *
 * @param kind     what to watch in the namespace
 * @param deadline how long, and what for, as the subject of a sentence: "Job nats-backup complete"
 * @param look     judges all objects of the kind, as they are now
 * @returns what the look found
 * @throws the error of `hints.blame` with the last state seen, when the deadline passes
 */
export async function until<T>(
  kubernetes: Kubernetes,
  kind: Kind,
  deadline: Deadline,
  look: (objects: readonly KubeObject[]) => Look<T>,
  hints: Hints = {},
): Promise<T> {
  const { makeInformer } = await import('@kubernetes/client-node')
  const started = Date.now()
  const list = () => kubernetes.objects.list<KubeObject>(kind.apiVersion, kind.kind, kubernetes.namespace)
  const informer = makeInformer<KubeObject>(kubernetes.config, pathOf(kind, kubernetes.namespace), list)
  let lastSeen = 'the cluster has not answered yet'

  return new Promise<T>((resolve, reject) => {
    let events = 0
    let again: NodeJS.Timeout | undefined
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      clearTimeout(again)
      void informer.stop()
      settle()
    }
    const judge = () => {
      events++
      const seen = look(informer.list())
      if ('found' in seen) finish(() => resolve(seen.found))
      else lastSeen = seen.seen
    }
    const timer = setTimeout(() => finish(() => reject(late(events))), deadline.ms)
    informer.on('change', judge)
    informer.on('error', (error: unknown) => {
      lastSeen = `the watch broke: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
      again = setTimeout(begin, 100)
    })
    // An empty list brings no event, and may be what is waited for.
    const begin = () => void informer.start().then(judge, () => undefined)
    begin()
  })

  function late(events: number): Error {
    const { blame = RunbookFailed, ...account } = hints
    return new blame('RBK_DEADLINE', {
      attempted: `${deadline.name} did not come about`,
      expected: `within ${deadline.ms / 1000} s`,
      got: `${events} looks at the cluster's ${kind.plural}`,
      ...account,
      elapsedMs: Date.now() - started,
      lastSeen,
    })
  }
}

/** The API path of a kind in a namespace. */
export function pathOf({ apiVersion, plural }: Kind, namespace: string): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return `${group}/namespaces/${namespace}/${plural}`
}
