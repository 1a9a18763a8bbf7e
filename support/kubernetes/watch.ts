import { setTimeout as pause } from 'node:timers/promises'
import { type Account, LabBroken, messageOf } from '../errors'
import type { Blame, Deadline, Look } from '../eventually'
import { waiting } from '../waiting'
import { type Kubernetes, Refused } from './client'
import { pathOf } from './kinds'
import type { Kind, Resource } from './resource'

/** Which objects to watch. */
export interface Watched {
  readonly kind: Kind
  readonly namespace?: string
  /** One object by its name; all of the kind unless told. */
  readonly name?: string
  /** Label selector: `app=nats`. */
  readonly labels?: string
}

interface Event {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: Resource & { readonly message?: string; readonly code?: number }
}

/**
 * Watches objects until a look at them finds the value looked for, and returns at the event that brings it.
 * A connection that breaks and an API server that restarts are survived: the objects are listed again.
 *
 * @param deadline how long to watch, and what for
 * @param look     shown the objects at first and after each event. What it throws ends the watch: a state
 *                 from which the one looked for can't be reached any more
 * @param hints    what the message should add when the deadline passes; `blame` is the lab unless told
 * @throws the error of `blame`, with the last state seen
 */
export async function watched<T>(
  kubernetes: Kubernetes,
  what: Watched,
  deadline: Deadline,
  look: (objects: readonly Resource[]) => Look<T>,
  hints: Partial<Account> & { readonly blame?: Blame } = {},
): Promise<T> {
  const started = Date.now()
  const ended = AbortSignal.timeout(deadline.ms)
  // Also ends a watch whose look has found its value or has thrown.
  const done = new AbortController()
  const signal = AbortSignal.any([ended, done.signal])
  const last = { seen: 'nothing yet' }
  try {
    const found = await waiting(() =>
      Promise.race([follow(kubernetes, what, signal, look, last), passed(ended)]),
    )
    if (found) return found.found
  } finally {
    done.abort()
  }
  const { blame = LabBroken, ...account } = hints
  throw new blame('RBK_DEADLINE', {
    attempted: `${deadline.name} did not get there in time`,
    expected: `within ${deadline.ms / 1000} s`,
    ...account,
    elapsedMs: Date.now() - started,
    lastSeen: last.seen,
  })
}

/** Lists and watches, again and again, until a look finds its value or the signal ends it. */
async function follow<T>(
  kubernetes: Kubernetes,
  what: Watched,
  signal: AbortSignal,
  look: (objects: readonly Resource[]) => Look<T>,
  last: { seen: string },
): Promise<{ readonly found: T } | undefined> {
  const path = pathOf(what.kind, what.namespace)
  const query = { fieldSelector: what.name && `metadata.name=${what.name}`, labelSelector: what.labels }
  for (let interval = 25; !signal.aborted; interval = Math.min(interval * 2, 500)) {
    try {
      const list = await kubernetes.ask<{ metadata: { resourceVersion: string }; items: Resource[] }>(
        'GET',
        path,
        {
          query,
        },
      )
      const objects = new Map(list.items.map((item) => [item.metadata.uid, { ...type(what.kind), ...item }]))
      const { resourceVersion } = list.metadata
      interval = 25
      for await (const now of states(kubernetes, path, { ...query, resourceVersion }, signal, objects)) {
        const seen = decide(look, now)
        if ('found' in seen) return seen
        last.seen = seen.seen
      }
    } catch (thrown) {
      if (thrown instanceof Decided) throw thrown.cause
      // Forbidden, not found and the like don't mend themselves; "too old" and a server that starts do.
      if (thrown instanceof Refused && thrown.status < 429 && ![408, 410].includes(thrown.status))
        throw thrown
      last.seen = `${last.seen}\n(now: ${messageOf(thrown)})`.replace(/(\n\(now: [\s\S]*\))+$/, '$1')
    }
    if (!signal.aborted) await pause(interval)
  }
  return undefined
}

/** The objects as listed, and after each event. */
async function* states(
  kubernetes: Kubernetes,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  objects: Map<string | undefined, Resource>,
): AsyncGenerator<readonly Resource[]> {
  yield [...objects.values()]
  const events = kubernetes.watch<Event>(path, { ...query, allowWatchBookmarks: 'true' }, signal)
  for await (const { type, object } of events) {
    if (type === 'BOOKMARK') continue
    if (type === 'ERROR') throw new Refused(object.code ?? 410, '', object.message ?? 'the watch ended')
    if (type === 'DELETED') objects.delete(object.metadata.uid)
    else objects.set(object.metadata.uid, object)
    yield [...objects.values()]
  }
}

/** Carries what a look threw past the handling of what the connection threw. */
class Decided extends Error {}

function decide<T>(look: (objects: readonly Resource[]) => Look<T>, objects: readonly Resource[]): Look<T> {
  try {
    return look(objects)
  } catch (cause) {
    throw new Decided('', { cause })
  }
}

/** Items of a list don't say what they are. */
function type({ apiVersion, kind }: Kind): { apiVersion: string; kind: string } {
  return { apiVersion, kind }
}

function passed(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
