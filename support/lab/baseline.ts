import { LabBroken } from '../errors'

/** One part of a lane that every scenario must find as it was at the start. */
export interface BaselinePart {
  readonly name: string
  /** What differs from the baseline, a line each; none when nothing does. */
  difference(): Promise<readonly string[]>
  /** Removes what isn't of the baseline and makes anew what is missing or changed. */
  putBack(): Promise<void>
}

/**
 * The state in which every scenario begins: Kubernetes objects, streams on both sites, the backup volume, the object
 * store with its users, and Toxiproxy. It is reached by comparison: a part that is as it should be costs one look,
 * and whatever a scenario broke or left is put back and compared again.
 */
export class Baseline {
  /**
   * @param chains  parts that depend on each other, in the order in which they are put back: the cluster comes before
   *                what lives in it. Chains are put back side by side.
   * @param written chains that what is in the others writes to: a Job of the scenario before goes on until it's removed, and
   *                would write into a bucket that is being emptied, or was. They have their turn behind the others.
   */
  constructor(
    private readonly chains: ReadonlyArray<readonly BaselinePart[]>,
    private readonly written: ReadonlyArray<readonly BaselinePart[]> = [],
  ) {}

  /**
   * @returns what differed and was put back, a line each
   * @throws LabBroken when something can't be put back: a scenario must not begin from an unknown state
   */
  async establish(): Promise<string[]> {
    const first = await Promise.all(this.chains.map(establishChain))
    const results = [...first, ...(await Promise.all(this.written.map(establishChain)))]
    const left = results.flatMap(({ left }) => left)
    if (left.length === 0) return results.flatMap(({ told }) => told)
    throw new LabBroken('RBK_BASELINE', {
      attempted: 'The lab could not be put back to the state in which every scenario begins',
      expected: 'no difference from the baseline',
      got: left.join('\n'),
      next: 'Make the lab anew:',
      repeat: 'npx runbook down && npx runbook up',
    })
  }
}

/**
 * Puts a chain back, where anything differs, and compares it again.
 *
 * @returns what differed, and what still does
 */
async function establishChain(parts: readonly BaselinePart[]): Promise<{ told: string[]; left: string[] }> {
  const told = (await Promise.all(parts.map((part) => part.difference()))).flat()
  if (told.length === 0) return { told, left: [] }
  // Looked at again, since putting back what comes before it may have put this right, or wrong.
  for (const part of parts) await putBack(part)
  const left = parts.map(async (part) => (await part.difference()).map((line) => `${part.name}: ${line}`))
  return { told, left: (await Promise.all(left)).flat() }
}

/**
 * Puts a part back before the next one's turn, and again if that had an echo: a controller makes a pod before it learns
 * that its owner is gone, and such a pod would go on with what it does while the next part is put back.
 */
async function putBack(part: BaselinePart): Promise<void> {
  for (let round = 1; round <= 3 && (await part.difference()).length > 0; round++) await part.putBack()
}
