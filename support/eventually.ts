import { setTimeout as pause } from 'node:timers/promises'
import { type Account, LabBroken, type RunbookFailed } from './errors'
import { waiting } from './waiting'

/** A wait's limit, by name, so that the message of a wait that ends can say what was waited for. */
export interface Deadline {
  /** What is waited for, as the subject of a sentence: "the MinIO server". */
  readonly name: string
  /** How long, in milliseconds. */
  readonly ms: number
}

/** What one look at the system showed: the value looked for, or the state that is not yet it. */
export type Look<T> = { readonly found: T } | { readonly seen: string }

/** Whose fault it is when a wait ends: the runbook's, or the lab's. */
export type Blame = typeof RunbookFailed | typeof LabBroken

/**
 * Looks until the value is found. For what offers no watch (S3, a process, an HTTP answer);
 * Kubernetes objects are watched instead (kubernetes/watch.ts).
 *
 * @param deadline how long to look, and what for
 * @param look     one look; what it throws counts as "not yet", its message as the state seen
 * @param hints    what the message should add when the deadline passes; `blame` is the lab unless told
 * @returns the value found, as soon as a look finds it
 * @throws the error of `blame`, with the last state seen
 */
export function eventually<T>(
  deadline: Deadline,
  look: () => Promise<Look<T>>,
  hints: Partial<Account> & { readonly blame?: Blame } = {},
): Promise<T> {
  return waiting(() => lookUntil(deadline, look, hints))
}

async function lookUntil<T>(
  deadline: Deadline,
  look: () => Promise<Look<T>>,
  hints: Partial<Account> & { readonly blame?: Blame },
): Promise<T> {
  const { blame = LabBroken, ...account } = hints
  const started = Date.now()
  for (let interval = 25; ; interval = Math.min(interval * 1.5, 500)) {
    const seen = await look().catch((thrown: unknown) => ({
      seen: thrown instanceof Error ? thrown.message : String(thrown),
    }))
    if ('found' in seen) return seen.found
    const elapsedMs = Date.now() - started
    if (elapsedMs >= deadline.ms) {
      throw new blame('RBK_DEADLINE', {
        attempted: `${deadline.name} did not get there in time`,
        expected: `within ${deadline.ms / 1000} s`,
        ...account,
        elapsedMs,
        lastSeen: seen.seen,
      })
    }
    await pause(interval)
  }
}
