import type { Envelope } from '@cucumber/messages'
import { HarnessMisused } from '../errors'
import { readMessages } from './messages-file'
import { asOneRun, plannedIn, separated } from './runs'

/** A file of messages. */
export interface MergedFile {
  /** As it was given. */
  readonly name: string
  readonly text: string
}

/**
 * The messages of several files as those of one run.
 *
 * @throws HarnessMisused naming each file, and the line, that can't be read or doesn't go with the others
 */
export function merged(files: readonly MergedFile[]): readonly Envelope[] {
  const read = files.map(({ name, text }) => ({ name, ...readMessages(text) }))
  refuse(
    'its messages can’t all be read',
    read.flatMap(({ name, envelopes, damaged }) => {
      if (damaged) return [`${name}:${damaged.line} ${damaged.what}`]
      return envelopes.some(({ testRunStarted }) => testRunStarted) ? [] : [`${name} holds no run`]
    }),
  )
  const envelopes = asOneRun(read.flatMap((file) => file.envelopes))
  refuse('a report shows one text of a runbook, and these have two', otherTexts(envelopes))
  return envelopes
}

/** Runbooks of which scenarios count that were run with another text than the latest. */
function otherTexts(envelopes: readonly Envelope[]): string[] {
  const latest = new Map(textsOf(envelopes))
  const wrong = separated(envelopes).flatMap((run) => {
    const texts = new Map(textsOf(run))
    return plannedIn(run).flatMap(({ uri }) => (texts.get(uri) === latest.get(uri) ? [] : [uri]))
  })
  return [...new Set(wrong)]
}

function textsOf(envelopes: readonly Envelope[]): (readonly [string, string])[] {
  return envelopes.flatMap(({ source }) => (source ? [[source.uri, source.data] as const] : []))
}

function refuse(why: string, wrong: readonly string[]): void {
  if (wrong.length === 0) return
  throw new HarnessMisused('RBK_NOT_MERGED', {
    attempted: `Nothing was merged: ${why}`,
    got: wrong.join('\n'),
    next: 'Leave the file out, or run what it is about again.',
  })
}
