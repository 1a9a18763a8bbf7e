import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { annotate } from '../annotation'
import { continuedRun } from '../gate/continued'
import { reportIsUnwritten } from '../gate/exit-code'
import { runsWithout } from '../gate/left-out'
import type { Settings } from '../gate/settings'
import { shardAsked } from '../gate/shard'
import { filesMessage } from './files-message'
import { filesNow } from './files-now'
import { leftOutMessage } from './left-out-message'
import { type Share, shardMessage, sharesRan } from './shard-message'

/**
 * Writes the reports at the end of a run, beside the file it is given as its target:
 * `format: [['./support/report/formatter.cjs', 'reports/messages.ndjson']]`.
 *
 * The target gets each message as it comes, so that a killed run leaves what it saw; at the end it is replaced,
 * whole. The site's settings are `formatOptions.runbook`. Secrets are masked before anything is attached, not here.
 */
export const formatter: FormatterPlugin<Settings | undefined> = {
  type: 'formatter',
  optionsKey: 'runbook',
  formatter({ on, write: append, directory = 'reports', logger, options }) {
    const envelopes: Envelope[] = [...continuedRun()]
    // Again, so that nothing is lost if this run is killed too.
    for (const envelope of envelopes) append(`${JSON.stringify(envelope)}\n`)
    const keep = (envelope: Envelope) => {
      envelopes.push(envelope)
      append(`${JSON.stringify(envelope)}\n`)
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
      // Only now: a run must not wait for a page renderer before its first step.
      const { write } = require('./write') as typeof import('./write')
      const report = await write(envelopes, directory, options).catch((thrown: Error) => {
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
