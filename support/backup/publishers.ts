import { messageOf } from '../errors'
import { content } from '../jetstream/content'
import { Ledger } from '../ledger/ledger'
import { recording } from '../ledger/record'
import type { Scenario } from '../scenario'

/** What one message of the stream's beginning holds, in bytes; the server's limit is 1 MiB. */
const largeBytes = 1_000_000

/** How long a publisher waits for an acknowledgement, in milliseconds: what clients of NATS wait unless they are told otherwise. */
const patienceMs = 5_000

/** Publishers that don't stop for a backup, on a stream of their own. What they were told is safe is in a ledger of theirs. */
export class Publishers {
  private readonly ledger = new Ledger()
  private readonly errors: string[] = []
  private stream = ''
  private publishing: Promise<void> = Promise.resolve()
  private asked = false

  constructor(private readonly scenario: Scenario) {}

  /** A stream of that size is there, and one message after the other is added until the scenario, or its judge, ends it. */
  async begin(stream: string, mebibytes: number): Promise<void> {
    const { operated } = this.scenario.lane
    const subject = `${stream.toLowerCase()}.live`
    await operated.manager.streams.add({
      name: stream,
      subjects: [`${stream.toLowerCase()}.>`],
      num_replicas: 3,
    })
    const client = await recording(operated, this.ledger)
    const large = Math.ceil((mebibytes * 1024 * 1024) / largeBytes)
    for (let index = 0; index < large; index++)
      await client.publish(subject, content('live', `${index}`, largeBytes))
    this.stream = stream
    // An application's client tries no second time, and waits no longer: what such a one would see is an error here.
    const once = { retries: 1, timeout: patienceMs }
    this.publishing = this.publish(async (index) => {
      await client.publish(subject, content('live', `after ${index}`, 2_000), once)
    })
    this.scenario.endWith(() => this.end())
  }

  /** Ends it. @returns what was acknowledged, and what went wrong */
  async end(): Promise<{ stream: string; ledger: Ledger; errors: readonly string[] }> {
    this.asked = true
    await this.publishing
    return { stream: this.stream, ledger: this.ledger, errors: this.errors }
  }

  private async publish(one: (index: number) => Promise<void>): Promise<void> {
    const { connection } = this.scenario.lane.operated
    // A closed connection refuses at once, for good: a loop of refusals would let nothing else run.
    for (let index = 0; !this.asked && !connection.isClosed(); index++) {
      await one(index).catch((error: unknown) => this.errors.push(messageOf(error)))
    }
  }
}
