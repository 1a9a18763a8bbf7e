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
  /** @param parts in the order in which they are put back: the cluster comes before what lives in it */
  constructor(private readonly parts: readonly BaselinePart[]) {}

  /**
   * @returns what differed and was put back, a line each
   * @throws LabBroken when something can't be put back: a scenario must not begin from an unknown state
   */
  async establish(): Promise<string[]> {
    const looks = await Promise.all(this.parts.map((part) => part.difference()))
    const told = looks.flat()
    if (told.length === 0) return []
    for (const part of this.parts) {
      if ((await part.difference()).length > 0) await part.putBack()
    }
    const left = await Promise.all(this.parts.map((part) => part.difference()))
    if (left.flat().length === 0) return told
    throw new LabBroken('RBK_BASELINE', {
      attempted: 'The lab could not be put back to the state in which every scenario begins',
      expected: 'no difference from the baseline',
      got: this.parts
        .flatMap((part, index) => (left[index] ?? []).map((line) => `${part.name}: ${line}`))
        .join('\n'),
      next: 'Make the lab anew:',
      repeat: 'npx runbook down && npx runbook up',
    })
  }
}
