import { rmSync } from 'node:fs'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { annotate } from '../annotation'
import { messageOf } from '../errors'
import { continuedRun } from '../gate/continued'
import { reportIsUnwritten } from '../gate/exit-code'
import { runsWithout } from '../gate/left-out'
import type { Settings } from '../gate/settings'
import { shardAsked } from '../gate/shard'
import { filesMessage } from './files-message'
import { filesNow } from './files-now'
import { leftOutMessage } from './left-out-message'
import { MessagesLog } from './messages-log'
import { type Share, shardMessage, sharesRan } from './shard-message'

/**
 * Writes the reports, at the end of a run, into the folder of the file that it's given as its target:
 * `format: [['./support/report/formatter.cjs', 'reports/.opened']]`. Cucumber opens that file, empty, before anything is
 * known of the run, so it's removed: all files in the folder are written here.
 *
 * messages.ndjson gets each message as it comes, so that a killed run leaves what it saw; at the end it is replaced, whole.
 * Of a run that is continued it's left alone until the new one has its plan: one that never has any tells of no scenario.
 * The site's settings are `formatOptions.runbook`. Secrets are masked before anything is attached, not here.
 */
export const formatter: FormatterPlugin<Settings | undefined> = {
  type: 'formatter',
  optionsKey: 'runbook',
  async formatter({ on, stream, directory = 'reports', logger, options }) {
    await remove(stream)
    const envelopes: Envelope[] = [...continuedRun()]
    const log = new MessagesLog(directory)
    let hasPlan = envelopes.length === 0
    let isUnwritten = false
    const note = (envelope?: Envelope) => {
      if (!hasPlan || isUnwritten) return
      try {
        if (log.hasBegun && envelope) log.append(envelope)
        else log.begin(envelopes)
      } catch (thrown) {
        // A run is not to break off for it: all is written again at the end, or it's said that it couldn't be.
        isUnwritten = true
        logger.error(`messages.ndjson doesn’t get what the run sees: ${messageOf(thrown)}`)
      }
    }
    note()
    const keep = (envelope: Envelope) => {
      envelopes.push(envelope)
      hasPlan ||= envelope.testCase !== undefined
      note(envelope)
    }
    // What goes on with a shard is of that shard.
    const before = sharesRan(envelopes)
    const own = () => [shardAsked() ?? []].flat()
    const tell = (shares: readonly Share[]) => {
      for (const share of shares) keep(shardMessage(share))
    }
    on('message', (envelope) => {
      keep(envelope)
      // At once, for a run that never begins; what is shared out is known when it does.
      if (envelope.meta) tell([...before, ...own()])
      if (!envelope.testRunStarted) return
      tell(own())
      keep(filesMessage(filesNow()))
      for (const line of runsWithout()) keep(leftOutMessage(line))
    })
    return async () => {
      log.end()
      // Only now: a run must not wait for a page renderer before its first step.
      const reports = require('./write') as typeof import('./write')
      const report = await reports.write(envelopes, directory, options, hasPlan).catch((thrown: Error) => {
        reportIsUnwritten()
        logger.error(thrown.message)
        throw thrown
      })
      const { historyNote } = report.run
      if (historyNote !== undefined) logger.warn(historyNote)
      annotate(() => {
        const { annotations } = require('./annotations') as typeof import('./annotations')
        return annotations(report)
      })
    }
  },
}

/** Removes the file that cucumber has opened, which nothing is written to. */
async function remove(stream: NodeJS.WritableStream): Promise<void> {
  // Tells when it's open, or can't be; what can't be opened may be a folder.
  const isOpen = await new Promise<boolean>((done) => void stream.write('', (error) => done(!error)))
  if (isOpen && 'path' in stream) rmSync(String(stream.path), { force: true })
}
