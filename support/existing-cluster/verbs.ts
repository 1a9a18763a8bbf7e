import type { Nouns } from '../nouns'

type Verbs = { readonly [Noun in keyof Nouns]?: ReadonlyArray<keyof Nouns[Noun] & string> }

/**
 * What steps may ask of a cluster that isn't the lab's. The rest arranges what a scenario begins with (data, nights, faults,
 * ages), or looks past the cluster into its machines: only a lab may do that.
 */
const everywhere: Verbs = {
  operator: ['run', 'failsWith', 'shows'],
  archives: ['newestIsComplete'],
  backups: ['deploy', 'isScheduled', 'jobCompletes'],
  backupShell: ['open'],
  content: ['isTold', 'manifestIsTrue'],
  drill: ['productionHoldsData', 'productionIsUntouched'],
  earlierBackups: ['one'],
  handStartedJobs: ['start', 'noneIsLeft'],
  offsite: ['bucketKeeps', 'enable', 'holdsEveryArchive'],
  onlookers: ['sawNoRestore'],
  retention: ['isSetTo'],
  settings: ['claimAsksFor', 'endsWithin', 'failAtOnce', 'missedStartIsMadeUpFor', 'secretHolds'],
}

/** What also needs a NATS for drills. */
const withSecondSite: Verbs = { drill: ['secondSiteHoldsEverything'] }

/** All of them: "drill.productionHoldsData". */
export const possibleVerbs: readonly string[] = [everywhere, withSecondSite].flatMap((verbs) =>
  Object.entries(verbs).flatMap(([noun, names]) => names.map((verb) => `${noun}.${verb}`)),
)

/**
 * Whether a verb can do without a lab.
 *
 * @param hasSecondSite whether there is a NATS for drills
 */
export function isPossible(noun: string, verb: string, hasSecondSite: boolean): boolean {
  const has = (verbs: Verbs) =>
    (verbs as Readonly<Record<string, readonly string[]>>)[noun]?.includes(verb) ?? false
  return has(everywhere) || (hasSecondSite && has(withSecondSite))
}
