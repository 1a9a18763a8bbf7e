import { RunbookFailed } from '../errors'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import { attachable, brokenPromises, type Comparison, compare } from '../ledger/compare'
import type { Scenario } from '../scenario'
import { startedJob } from './started-job'

/** Recovery time objective: how long until everything is back (design.md). */
const rtoMs = 15 * 60_000

/** A restore into the second site, judged by the ledger. */
export class RestoreDrill {
  constructor(protected readonly scenario: Scenario) {}

  /**
   * Every message and consumer that was acknowledged is on the second site, and nothing else is.
   *
   * @throws RunbookFailed with what is missing, altered, duplicated, out of order or unexpected
   */
  async secondSiteHoldsEverything(): Promise<void> {
    const { dataset, secondSite } = this.scenario.lane
    const comparison = await compare(dataset.ledger, secondSite, 'restored')
    await this.scenario.record('ledger', attachable(comparison))
    expectKept('The second site does not hold everything that was acknowledged', comparison)
  }

  /** NATS holds all that publishers were told of, unchanged, and nothing else: a drill mustn't touch it. @throws RunbookFailed with what changed */
  async productionIsUntouched(): Promise<void> {
    const { dataset, operated } = this.scenario.lane
    const comparison = await compare(dataset.ledger, operated, 'origin')
    await this.scenario.record('ledger', attachable(comparison))
    expectKept('NATS itself changed although only the second site should have', comparison)
  }

  /** The streams, messages and consumers that publishers were told of are in NATS, every one. @throws RunbookFailed with what isn't */
  async productionHoldsData(): Promise<void> {
    const { dataset, operated } = this.scenario.lane
    const comparison = await compare(dataset.ledger, operated, 'origin')
    expectKept('NATS does not hold what was acknowledged before the procedure began', comparison)
  }

  /**
   * From its start to its end the Job took less than a restore may take. The time is put into the report.
   *
   * @throws RunbookFailed when it took longer
   */
  async tookLessThanObjective(called: string): Promise<void> {
    const job = await startedJob(this.scenario.lane.kubernetes, called)
    const path = pathOf(kindOf('batch/v1', 'Job'), namespace, job)
    const { metadata, status } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    const { completionTime } = status as { completionTime?: string }
    const ms = Date.parse(completionTime ?? '') - Date.parse(metadata.creationTimestamp ?? '')
    await this.scenario.record('measure', {
      name: 'Restore, from the command to verified',
      ms,
      targetMs: rtoMs,
    })
    if (ms < rtoMs) return
    throw new RunbookFailed('RBK_RTO', {
      attempted: 'The restore took longer than the recovery time objective',
      expected: `under ${rtoMs / 60_000} min`,
      got: Number.isNaN(ms) ? 'it has not completed' : `${(ms / 60_000).toFixed(1)} min`,
    })
  }
}

/** @throws RunbookFailed with what isn't as it was promised */
export function expectKept(attempted: string, comparison: Comparison): void {
  const broken = brokenPromises(comparison)
  if (broken.length === 0) return
  throw new RunbookFailed('RBK_LEDGER', {
    attempted,
    expected: 'every acknowledged message and consumer, unchanged and in order, and nothing else',
    got: broken.slice(0, 25).join('\n'),
  })
}
