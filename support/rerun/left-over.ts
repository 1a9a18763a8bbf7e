import type { Envelope } from '@cucumber/messages'
import { HarnessMisused } from '../errors'
import { judgeAttempt } from '../gate/judge-attempt'
import { filesOfScenarios } from '../report/files-message'
import { readMessages } from '../report/messages-file'
import { readRun } from '../report/record'
import { asOneRun } from '../report/runs'
import { isGreen } from '../report/state'
import { editedSince, withPlanOf } from './edited'

/** What is left of a run that was killed, or in which something was not green. */
export interface LeftOver {
  /** The messages of the run so far; of runbooks that were edited since only what there is to run of them, as they are now. */
  readonly envelopes: readonly Envelope[]
  /** What to run, as cucumber takes it: `features/x.feature:12:40`, or the file where its text has changed. */
  readonly paths: readonly string[]
}

/**
 * The scenarios of a run that it didn't show to be green: those that failed, were inconclusive, or were never begun. Of a
 * runbook that was edited since, all that the run was to run: what was seen of another text proves nothing of this one.
 *
 * @param text   newline-delimited messages
 * @param textOf the runbook's text as it is now, undefined when it's gone
 * @param files  with which files a run would run now, see `filesNow`
 * @throws HarnessMisused when the messages can't be read, hold no run, a runbook is gone, or the run was with other files
 */
export function leftOver(text: string, textOf: (uri: string) => string | undefined, files: string): LeftOver {
  const { envelopes, damaged } = readMessages(text)
  // Half a line at the end is what a killed run leaves.
  if (damaged && !damaged.cutOff) throw unusable(`line ${damaged.line} ${damaged.what}`)
  const run = readRun(envelopes)
  if (run.runsStarted === 0) throw unusable('no run has begun in it')
  const elsewhere = run.attempts
    .flatMap(({ steps }) => steps.flatMap(({ attached }) => attached))
    .find((each) => each.kind === 'lab' && each.value.cluster !== undefined)
  if (elsewhere) throw unusable('it was on an existing cluster, and of two places there is no one verdict')
  const last = run.attempts.filter(({ willBeRetried }) => !willBeRetried)
  const green = new Set(
    last.flatMap((attempt) => (isGreen(judgeAttempt(attempt).verdict) ? [attempt.pickle.id] : [])),
  )
  const counting = asOneRun(envelopes)
  const edited = editedSince(counting, (uri) => {
    const now = textOf(uri)
    if (now === undefined) throw unusable(`${uri} is gone since`)
    return now
  })
  const uris = [...new Set(run.planned.map(({ uri }) => uri))]
  const paths = uris.flatMap((uri) => {
    if (edited.has(uri)) return [uri]
    const lines = run.planned
      .filter((pickle) => pickle.uri === uri && !green.has(pickle.id))
      .flatMap(({ location }) => location?.line ?? [])
    return lines.length === 0 ? [] : [[uri, ...lines].join(':')]
  })
  if (filesOfScenarios(counting).some((each) => each !== files)) throw ofOtherFiles(paths)
  return { envelopes: withPlanOf(edited, envelopes, counting), paths }
}

/** What is green was shown with other scripts, manifests or steps: it has to be shown again. */
function ofOtherFiles(paths: readonly string[]): HarnessMisused {
  return new HarnessMisused('RBK_NO_RERUN', {
    attempted:
      'The last run can’t be continued: its steps, scripts, manifests or packages have changed since',
    got: 'what it has shown to be green was shown with others',
    next:
      paths.length === 0
        ? 'Run everything again:'
        : 'Try what was not green alone, by the command below; then run everything again: npx runbook run',
    repeat: ['npx runbook run', ...paths].join(' '),
  })
}

function unusable(got: string): HarnessMisused {
  return new HarnessMisused('RBK_NO_RERUN', {
    attempted: 'The last run can’t be continued from reports/messages.ndjson',
    got,
    next: 'Start a run of its own:',
    repeat: 'npx runbook run',
  })
}
