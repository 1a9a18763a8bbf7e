import { ArchiveContent } from './backup/archive-content'
import { Archives } from './backup/archives'
import { BackupSettings } from './backup/backup-settings'
import { BackupShell } from './backup/backup-shell'
import { Backups } from './backup/backups'
import { EarlierBackups } from './backup/earlier-backups'
import { Expiry } from './backup/expiry'
import { HandStartedJobs } from './backup/hand-started-jobs'
import { HeldBackup } from './backup/held-backup'
import { Manifests } from './backup/manifests'
import { NodeFailure } from './backup/node-failure'
import { OffsiteCopies } from './backup/offsite-copies'
import { OffsiteSetup } from './backup/offsite-setup'
import { Permissions } from './backup/permissions'
import { Publishers } from './backup/publishers'
import { RestoreDrill } from './backup/restore-drill'
import { Retention } from './backup/retention'
import { S3User } from './backup/s3-user'
import { Schedule } from './backup/schedule'
import { VolumeReader } from './backup/volume-reader'
import { CronJobFaults } from './faults/cronjob-faults'
import { NatsFaults } from './faults/nats-faults'
import { OffsiteFaults } from './faults/offsite-faults'
import { VolumeFaults } from './faults/volume-faults'
import { Application } from './restore/application'
import { ArchiveDamage } from './restore/archive-damage'
import { Disasters } from './restore/disasters'
import { Onlookers } from './restore/onlookers'
import { Promises } from './restore/promises'
import { Recovery } from './restore/recovery'
import { RestoredData } from './restore/restored-data'
import type { Scenario } from './scenario'
import { Leaks } from './security/leaks'
import { NatsUser } from './security/nats-user'
import { RunningBackup } from './security/running-backup'
import { StolenKey } from './security/stolen-key'

/** What other nouns know of: each is made once a scenario, whoever asks first. */
interface Shared {
  readonly scenario: Scenario
  readonly archives: Archives
  readonly disasters: Disasters
  readonly heldBackup: HeldBackup
  readonly offsite: OffsiteCopies
  readonly promises: Promises
  readonly publishers: Publishers
}

/** What steps speak of, by noun: `this.backups.takeOne()`. */
export const makers = {
  operator: ({ scenario }) => scenario.operator,
  application: ({ scenario }) => new Application(scenario),
  archiveDamage: ({ scenario }) => new ArchiveDamage(scenario),
  archives: ({ scenario }) => new Archives(scenario),
  backupShell: ({ scenario }) => new BackupShell(scenario),
  backups: ({ scenario }) => new Backups(scenario),
  content: ({ scenario, publishers }) => new ArchiveContent(scenario, publishers),
  cronJobFaults: ({ scenario }) => new CronJobFaults(scenario),
  disasters: ({ scenario }) => new Disasters(scenario),
  drill: ({ scenario }) => new RestoreDrill(scenario),
  earlierBackups: ({ scenario, archives }) => new EarlierBackups(scenario, archives),
  expiry: ({ scenario }) => new Expiry(scenario),
  handStartedJobs: ({ scenario }) => new HandStartedJobs(scenario),
  heldBackup: ({ scenario }) => new HeldBackup(scenario),
  leaks: ({ scenario }) => new Leaks(scenario),
  manifests: ({ scenario }) => new Manifests(scenario),
  natsFaults: ({ scenario }) => new NatsFaults(scenario),
  natsUser: ({ scenario }) => new NatsUser(scenario),
  nodeFailure: ({ scenario }) => new NodeFailure(scenario),
  offsite: ({ scenario }) => new OffsiteCopies(scenario),
  offsiteFaults: ({ scenario }) => new OffsiteFaults(scenario, new S3User(scenario, 'nats-backup-s3')),
  offsiteSetup: ({ scenario, offsite }) => new OffsiteSetup(scenario, offsite),
  onlookers: ({ scenario }) => new Onlookers(scenario),
  permissions: ({ scenario }) => new Permissions(scenario),
  promises: ({ scenario }) => new Promises(scenario),
  publishers: ({ scenario }) => new Publishers(scenario),
  recovery: ({ scenario, promises }) => new Recovery(scenario, promises),
  restored: ({ scenario, promises, disasters }) => new RestoredData(scenario, promises, disasters),
  retention: ({ scenario, archives }) => new Retention(scenario, archives),
  runningBackup: ({ scenario }) => new RunningBackup(scenario),
  schedule: ({ scenario, heldBackup }) => new Schedule(scenario, heldBackup),
  settings: ({ scenario }) => new BackupSettings(scenario),
  stolenKey: ({ scenario }) => new StolenKey(scenario),
  volumeFaults: ({ scenario }) => new VolumeFaults(scenario),
  volumeReader: ({ scenario }) => new VolumeReader(scenario),
} satisfies Record<string, (shared: Shared) => unknown>

type Makers = typeof makers

/** Every noun, made when a step first asks for it. */
export type Nouns = { readonly [Noun in keyof Makers]: ReturnType<Makers[Noun]> }

export const nounNames = Object.keys(makers) as ReadonlyArray<keyof Makers>

/** The nouns of one scenario. @param made by whom, where not as in the lab */
export function nounsOf(scenario: Scenario, made: Makers = makers): Nouns {
  const nouns = { scenario }
  for (const name of nounNames) {
    const make = () => made[name](nouns as unknown as Shared)
    let known: { readonly noun: ReturnType<typeof make> } | undefined
    Object.defineProperty(nouns, name, {
      get: () => {
        known ??= { noun: make() }
        return known.noun
      },
    })
  }
  return nouns as unknown as Nouns
}
