import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { messagesText } from './messages-text'

/** messages.ndjson while a run goes on. What it was told is on the disk when it returns, however the process ends then. */
export class MessagesLog {
  private open: number | undefined

  /** @param directory where the reports are */
  constructor(private readonly directory: string) {}

  /** Whether the file is of this run. */
  get hasBegun(): boolean {
    return this.open !== undefined
  }

  /** Puts these messages in the place of what an earlier run left there, whole or not at all, and goes on behind them. */
  begin(envelopes: readonly Envelope[]): void {
    const file = join(this.directory, 'messages.ndjson')
    const temporary = join(this.directory, '.messages.ndjson.begun')
    writeFileSync(temporary, messagesText(envelopes))
    renameSync(temporary, file)
    this.open = openSync(file, 'a')
  }

  /** Adds a message to a file that was begun. */
  append(envelope: Envelope): void {
    if (this.open !== undefined) writeSync(this.open, messagesText([envelope]))
  }

  /** Lets go of the file. */
  end(): void {
    if (this.open !== undefined) closeSync(this.open)
    this.open = undefined
  }
}
