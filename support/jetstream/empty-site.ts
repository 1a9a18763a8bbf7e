import { messageOf } from '../errors'
import { accountState } from './account'
import type { JetStream } from './connection'
import { differingStreams } from './difference'

/** A site whose baseline is that it holds nothing: the second site, which restores go to. */
export class EmptySite {
  constructor(private readonly jetstream: JetStream) {}

  /** The streams that are there, a line each. */
  async difference(): Promise<readonly string[]> {
    try {
      return differingStreams({}, await accountState(this.jetstream)).map(
        (line) => `${this.jetstream.site.name}: ${line}`,
      )
    } catch (thrown) {
      return [`${this.jetstream.site.name}: ${messageOf(thrown)}`]
    }
  }

  /** Deletes every stream, with its messages and consumers. @throws LabBroken when JetStream doesn't answer */
  async putBack(): Promise<void> {
    const names = Object.keys(await accountState(this.jetstream))
    await Promise.all(names.map((name) => this.jetstream.removeStream(name)))
  }
}
