import { makers, type Nouns, nounsOf } from '../nouns'
import type { Scenario } from '../scenario'
import { FoundArchives } from './found-archives'
import { FoundBackups, FoundEarlierBackups } from './found-backups'
import { FoundContent } from './found-content'
import { FoundCopies } from './found-copies'
import { FoundData } from './found-data'
import { FoundJobs } from './found-jobs'
import { FoundOnlookers } from './found-onlookers'
import { FoundShell } from './found-shell'

/** What steps speak of on an existing cluster: what a lab arranges is only looked for there. */
export function clusterNouns(scenario: Scenario): Nouns {
  return nounsOf(scenario, {
    ...makers,
    archives: () => new FoundArchives(scenario),
    backups: () => new FoundBackups(scenario),
    backupShell: () => new FoundShell(scenario),
    content: ({ publishers }) => new FoundContent(scenario, publishers),
    drill: () => new FoundData(scenario),
    earlierBackups: ({ archives }) => new FoundEarlierBackups(scenario, archives),
    handStartedJobs: () => new FoundJobs(scenario),
    offsite: () => new FoundCopies(scenario),
    onlookers: () => new FoundOnlookers(scenario),
  })
}
