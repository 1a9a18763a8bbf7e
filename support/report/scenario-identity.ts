import type { Pickle } from '@cucumber/messages'

/**
 * Scenarios by what is the same in every run: file, title, and which of those that share the title (the examples of an
 * outline may). Lines and ids aren't.
 */
export function identified(pickles: readonly Pickle[]): (readonly [identity: string, pickle: Pickle])[] {
  const seen = new Map<string, number>()
  return pickles.map((pickle) => {
    const name = `${pickle.uri}\n${pickle.name}`
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return [`${name}\n${count}`, pickle] as const
  })
}
