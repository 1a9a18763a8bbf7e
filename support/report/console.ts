import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { continuedRun } from '../gate/continued'
import { judgeRun } from '../gate/judge'
import type { Settings } from '../gate/settings'
import { finalLines, painter } from './console-text'
import { historyBeside } from './history/history-file'
import { usualDurations } from './history/usual-durations'
import { Progress } from './progress'
import { readRun } from './record'

interface Options extends Settings {
  /** Print what the commands printed. */
  readonly verbose?: boolean
  /** Where the reports, and what is known of earlier runs, are; `reports` unless told. */
  readonly reports?: string
}

/**
 * Shows a run to a person in a terminal: what is running, each command in a line, a failure in full where it happens,
 * and the verdict. Options are those under `runbook` in cucumber's `formatOptions`.
 */
export const formatter: FormatterPlugin<Options | undefined> = {
  type: 'formatter',
  optionsKey: 'runbook',
  formatter({ on, write, stream, options }) {
    const { verbose = false, reports = 'reports' } = options ?? {}
    const colours = 'isTTY' in stream && stream.isTTY === true && !process.env.NO_COLOR
    const paint = painter(colours)
    const progress = new Progress({ paint, verbose, usual: usualDurations(historyBeside(reports)) })
    const envelopes: Envelope[] = []
    on('message', (envelope) => {
      envelopes.push(envelope)
      const text = progress.update(envelope)
      if (text !== '') write(text)
    })
    return () => {
      const run = readRun([...continuedRun(), ...envelopes])
      const began = run.startedAt === undefined ? undefined : (run.finishedAt ?? Date.now()) - run.startedAt
      const ms = run.busyMs ?? began
      write(finalLines(judgeRun(run, options?.flakyLimit), ms, `${reports}/index.html`, paint))
    }
  },
}
