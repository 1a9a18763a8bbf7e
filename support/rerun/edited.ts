import { type Envelope, type Pickle, SourceMediaType } from '@cucumber/messages'
import { parseFeatures } from '../report/feature-files'
import { planOnlyMessage } from '../report/plan-only'
import { plannedIn, separated, textsIn, withOnly } from '../report/runs'
import { identified } from '../report/scenario-identity'
import { shardMessage, sharesRan } from '../report/shard-message'

/** The runbooks that count in a run and have another text now, with that text. */
export type Edited = ReadonlyMap<string, string>

/**
 * @param counting the messages of what counts, see `asOneRun`
 * @param textOf   a runbook's text as it is now
 */
export function editedSince(counting: readonly Envelope[], textOf: (uri: string) => string): Edited {
  return new Map(
    separated(counting).flatMap((run) => {
      const texts = textsIn(run)
      return plannedIn(run).flatMap(({ uri }) => {
        const now = textOf(uri)
        return texts.get(uri) === now ? [] : [[uri, now] as const]
      })
    }),
  )
}

/**
 * Messages in which nothing is told of another text of a runbook than it has now. What was to be run of that text is told as
 * a run of the text of now, which has not begun: so it's in the verdict, and left over, until a run was to run it, whichever
 * part of the rest a run is asked for.
 *
 * @param envelopes as they are in the file
 * @param counting  what counts of them
 */
export function withPlanOf(
  edited: Edited,
  envelopes: readonly Envelope[],
  counting: readonly Envelope[],
): readonly Envelope[] {
  if (edited.size === 0) return envelopes
  const ofNow = separated(envelopes).flatMap((run) => {
    const texts = textsIn(run)
    const left = withOnly(run, ({ uri }) => (edited.get(uri) ?? texts.get(uri)) === texts.get(uri))
    // One of which no scenario is left would look like one that never began.
    return plannedIn(run).length > 0 && plannedIn(left).length === 0 ? [] : left
  })
  return [...ofNow, ...envelopes.filter(({ meta }) => meta).slice(-1), ...planOf(edited, envelopes, counting)]
}

function planOf(edited: Edited, envelopes: readonly Envelope[], counting: readonly Envelope[]): Envelope[] {
  const files = parseFeatures([...edited].map(([uri, text]) => ({ uri, text })))
  const pickles = files.flatMap((file) => file.pickles)
  const wanted = toRun(edited, pickles, counting)
  return [
    planOnlyMessage(),
    // What goes on with a shard is of that shard, also when nothing else of it stays.
    ...sharesRan(envelopes).map(shardMessage),
    ...files.flatMap(({ uri, text, document }): Envelope[] => [
      { source: { uri, data: text, mediaType: SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN } },
      { gherkinDocument: document },
    ]),
    ...pickles.map((pickle) => ({ pickle })),
    ...wanted.map(({ id }) => ({ testCase: { id: `plan-${id}`, pickleId: id, testSteps: [] } })),
  ]
}

/** Those of the text of now that a run of another text was to run, or that it didn't have: what was renamed looks new. */
function toRun(edited: Edited, pickles: readonly Pickle[], counting: readonly Envelope[]): Pickle[] {
  const wanted = separated(counting).flatMap((run) => {
    const texts = textsIn(run)
    const planned = plannedIn(run).filter(({ uri }) => edited.has(uri) && texts.get(uri) !== edited.get(uri))
    const uris = new Set(planned.map(({ uri }) => uri))
    const ran = new Set(planned.map(({ scenario }) => scenario))
    const had = new Set(identified(run.flatMap(({ pickle }) => pickle ?? [])).map(([scenario]) => scenario))
    return identified(pickles).flatMap(([scenario, pickle]) =>
      uris.has(pickle.uri) && (ran.has(scenario) || !had.has(scenario)) ? [pickle] : [],
    )
  })
  return [...new Set(wanted)]
}
