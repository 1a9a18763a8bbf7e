import type { Envelope, Timestamp } from '@cucumber/messages'
import { HarnessMisused } from '../errors'
import { filesOfScenarios } from './files-message'
import { readMessages } from './messages-file'
import { shardsOfOthers, withMissingShards } from './missing-shards'
import { planOnlyMessage, tellsPlanOnly } from './plan-only'
import { placesRan } from './ran-places'
import { asOneRun, plannedIn, separated, textsIn } from './runs'
import { type Share, shardMessage, sharesRan } from './shard-message'

/** A file of messages. */
export interface MergedFile {
  /** As it was given. */
  readonly name: string
  readonly text: string
}

/** A shard for which no scenario was left; there are no messages of it. */
export interface EmptyShard extends Required<Share> {
  /** As its file was given. */
  readonly name: string
}

/**
 * The messages of several files, one after another, for readers who take them for one run's (`readRun`).
 *
 * A run that was killed, or never began, makes all of it inconclusive, and so does a shard that isn't among them; what was
 * seen is kept.
 *
 * @throws HarnessMisused naming each file, and the line, that can't be read or doesn't go with the others
 */
export function merged(files: readonly MergedFile[], empty: readonly EmptyShard[] = []): readonly Envelope[] {
  const read = files.map(({ name, text }) => ({ name, ...readMessages(text) }))
  const timestamp = read.flatMap(startsOf).at(-1)
  refuse(
    'its messages can’t all be read',
    read.flatMap(({ name, envelopes, damaged }) => {
      if (damaged && !damaged.cutOff) return [`${name}:${damaged.line} ${damaged.what}`]
      return timestamp === undefined || envelopes.length === 0 ? [`${name} holds no run`] : []
    }),
  )
  if (timestamp === undefined) return []
  const runs = read.flatMap(({ envelopes }) => separated(envelopes))
  const all = [...runs.flatMap((run) => begun(run, timestamp)), ...leftOut(read, empty)]
  const whole = withMissingShards(all, timestamp)
  const envelopes = asOneRun(whole)
  refuse('of two places there is no one verdict', otherPlaces(read))
  refuse('a report shows one text of a runbook, and these have two', otherTexts(envelopes))
  refuse(
    'they ran with different steps, scripts, manifests or packages, or don’t tell with which',
    otherFiles(envelopes, read),
  )
  refuse(
    'its shards didn’t share out the same scenarios, so that some may have been left to none of them',
    shardsOfOthers(all).length === 0 ? [] : sharesIn(read, empty),
    'Run all shards again, of the same commit and with the same paths, --tags and --name.',
  )
  // Whole: what failed before it passed is told by runs of which nothing counts any more.
  return whole
}

/**
 * A run that was refused, or whose lab didn't start, never began. It's told as one that never ended, so that what the
 * others have shown is reported, and isn't green. It may be behind another one in its file.
 */
function begun(run: readonly Envelope[], timestamp: Timestamp): readonly Envelope[] {
  const isWhole = startsOf({ envelopes: run }).length > 0 || tellsPlanOnly(run)
  return isWhole ? run : [...run, { testRunStarted: { timestamp } }]
}

/** Shards for which nothing was left, as runs that never began and were to run nothing: they aren't missing. */
function leftOut(
  read: readonly { readonly envelopes: readonly Envelope[] }[],
  empty: readonly EmptyShard[],
): Envelope[] {
  const meta = read.flatMap(({ envelopes }) => envelopes).filter((envelope) => envelope.meta)
  return empty.flatMap((share) => [...meta.slice(-1), shardMessage(share), planOnlyMessage()])
}

/** Each file with its shards, and what they are of. */
function sharesIn(
  read: readonly { readonly name: string; readonly envelopes: readonly Envelope[] }[],
  empty: readonly EmptyShard[],
): string[] {
  const shares = read.flatMap(({ name, envelopes }) =>
    separated(envelopes).flatMap((run) => sharesRan(run).map((share) => ({ name, ...share }))),
  )
  const told = [...shares, ...empty].map(
    ({ name, shard, of = 'scenarios that are not known' }) => `${name}: shard ${shard} of ${of}`,
  )
  return [...new Set(told)]
}

function startsOf({ envelopes }: { readonly envelopes: readonly Envelope[] }): Timestamp[] {
  return envelopes.flatMap(({ testRunStarted }) => testRunStarted?.timestamp ?? [])
}

/** Runbooks of which scenarios count that were run with another text than the latest. */
function otherTexts(envelopes: readonly Envelope[]): string[] {
  const latest = textsIn(envelopes)
  const wrong = separated(envelopes).flatMap((run) => {
    const texts = textsIn(run)
    return plannedIn(run).flatMap(({ uri }) => (texts.get(uri) === latest.get(uri) ? [] : [uri]))
  })
  return [...new Set(wrong)]
}

/** Each file with where its runs were, where that isn't one place: what is red here isn't mended by what is green there. */
function otherPlaces(
  read: readonly { readonly name: string; readonly envelopes: readonly Envelope[] }[],
): string[] {
  if (placesRan(read.flatMap(({ envelopes }) => envelopes)).length < 2) return []
  return read.map(({ name, envelopes }) => `${name}: ${placesRan(envelopes).join(', ') || 'not told'}`)
}

/**
 * Each file with the beginning of the sha256 of what its runs ran with, where these aren't all one. One that isn't told is
 * another: a lost line is damage, not consent.
 */
function otherFiles(
  counting: readonly Envelope[],
  read: readonly { readonly name: string; readonly envelopes: readonly Envelope[] }[],
): string[] {
  const ran = filesOfScenarios(counting)
  if (ran.length < 2 && !ran.includes(undefined)) return []
  return read.flatMap(({ name, envelopes }) =>
    filesOfScenarios(envelopes).map((files) => `${name}: ${files?.slice(0, 12) ?? 'not told'}`),
  )
}

function refuse(
  why: string,
  wrong: readonly string[],
  next = 'Leave the file out, or run what it is about again.',
): void {
  if (wrong.length === 0) return
  throw new HarnessMisused('RBK_NOT_MERGED', {
    attempted: `Nothing was merged: ${why}`,
    got: wrong.join('\n'),
    next,
  })
}
