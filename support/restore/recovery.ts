import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import type { Scenario } from '../scenario'
import type { Promises } from './promises'

/** Recovery time objective: how long until everything is back (design.md). */
const rtoMs = 15 * 60_000

/** How long a restore takes, part by part, from the operator's command to a consumer that works again. */
export class Recovery {
  constructor(
    private readonly scenario: Scenario,
    private readonly promises: Promises,
  ) {}

  /**
   * A consumer gets the message after the last one that it had acknowledged: what it had acknowledged above a gap
   * comes again, and nothing is skipped. The parts that the restore told, and the time until this message, are
   * put beside the objective.
   *
   * @throws RunbookFailed when another message comes, none within 10 s, or it took longer than the objective
   */
  async consumerGoesOn(stream: string, name: string): Promise<void> {
    const promised = this.promises.ledger.consumers.find(
      (each) => each.stream === stream && each.name === name,
    )
    const floor = promised?.state.ackFloor.stream ?? 0
    const next = this.promises.ledger.expected(stream).find(({ seq }) => seq > floor)?.seq
    const consumer = await this.scenario.lane.operated.client.consumers.get(stream, name)
    const message = await consumer.next({ expires: 10_000 })
    const consumingMs = Date.now() - this.scenario.operator.lastStartedAt.getTime()
    expectSame(
      `Consumer ${name} of ${stream} does not go on after sequence ${floor}`,
      next,
      message?.seq,
      `nats consumer info ${stream} ${name}`,
    )
    for (const [part, ms] of this.parts())
      await this.scenario.record('measure', { name: `Restore: ${part}`, ms })
    await this.scenario.record('measure', {
      name: 'Restore, from the command to the first message consumed',
      ms: consumingMs,
      targetMs: rtoMs,
    })
    if (consumingMs < rtoMs) return
    throw new RunbookFailed('RBK_RTO', {
      attempted: 'The restore took longer than the recovery time objective',
      expected: `under ${rtoMs / 60_000} min`,
      got: `${(consumingMs / 60_000).toFixed(1)} min`,
    })
  }

  /** As `restore` printed them: "time: archive at hand 0.41 s, verified 0.30 s, …". */
  private parts(): Array<[string, number]> {
    const printed = this.scenario.operator.printed()
    const line = /^time: (.+)$/m.exec(printed)?.[1]
    if (line === undefined) {
      throw new RunbookFailed('RBK_NO_TIMES', {
        attempted: 'The restore did not say how long its parts took',
        expected: 'a line "time: archive at hand … s, verified … s, restored … s, compared … s"',
        got: printed.slice(-500),
      })
    }
    return line.split(', ').map((text) => {
      const [, part = text, seconds = ''] = /^(.+) ([\d.]+) s$/.exec(text) ?? []
      return [part, Number(seconds) * 1_000]
    })
  }
}
